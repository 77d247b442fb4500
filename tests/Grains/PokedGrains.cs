// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Tci.Contracts;

namespace Tci.Grains.Tests;

/// <summary>Entities that note who was called; what a call answers is given by its method's name, and pokes are answered by themselves.</summary>
internal sealed class PokedGrains(List<string> called, params (string Method, object Answer)[] answers) : IGrains
{
    public IProbe Probe(ProbeId id) => Of<IProbe>(id.Key);

    public IPoint Point(PointId id) => Of<IPoint>(id.Value);

    public IJob Job(JobId id) => Of<IJob>(id.Value);

    public ICapture Capture(CaptureId id) => Of<ICapture>(id.Value);

    public IRun Run(RunId id) => Of<IRun>(id.Value);

    public ISchedule Schedule(ScheduleId id) => Of<ISchedule>(id.Value);

    public IFilterCheck FilterCheck(ProbeId id) => Of<IFilterCheck>(id.Key);

    private T Of<T>(string key) where T : class
    {
        var entity = DispatchProxy.Create<T, Entity>();
        ((Entity)(object)entity).OnCall = method =>
        {
            called.Add(key);
            return method == nameof(IPokable.Poke) ? Task.CompletedTask : answers.Single(a => a.Method == method).Answer;
        };
        return entity;
    }

    [SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
    internal class Entity : DispatchProxy
    {
        public Func<string, object> OnCall { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => OnCall(targetMethod!.Name);
    }
}
