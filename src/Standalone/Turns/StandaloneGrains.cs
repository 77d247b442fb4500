// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Standalone.Turns;

/// <summary>Reaches the entities of this process.</summary>
internal sealed class StandaloneGrains(Lazy<ActivationTable> table, TurnOptions options, TimeProvider clock) : IGrains
{
    public IProbe Probe(ProbeId id) => Proxy<IProbe>(EntityKind.Probe, id.Key);

    public IPoint Point(PointId id) => Proxy<IPoint>(EntityKind.Point, id.Value);

    public IJob Job(JobId id) => Proxy<IJob>(EntityKind.Job, id.Value);

    public ICapture Capture(CaptureId id) => Proxy<ICapture>(EntityKind.Capture, id.Value);

    public IRun Run(RunId id) => Proxy<IRun>(EntityKind.Run, id.Value);

    public ISchedule Schedule(ScheduleId id) => Proxy<ISchedule>(EntityKind.Schedule, id.Value);

    public IFilterCheck FilterCheck(ProbeId id) => Proxy<IFilterCheck>(EntityKind.FilterCheck, id.Key);

    private T Proxy<T>(EntityKind kind, string key) where T : class => GrainProxy.For<T>(table.Value, kind, key, options, clock);
}
