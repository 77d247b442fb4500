// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Simulation.Hosts;

/// <summary>Reaches entities from one caller through the simulated network.</summary>
internal sealed class SimGrains(Simulation simulation, Host from, string caller) : IGrains
{
    public IProbe Probe(ProbeId id) => Proxy<IProbe>(EntityKind.Probe, id.Key);

    public IPoint Point(PointId id) => Proxy<IPoint>(EntityKind.Point, id.Value);

    public IJob Job(JobId id) => Proxy<IJob>(EntityKind.Job, id.Value);

    public ISchedule Schedule(ScheduleId id) => Proxy<ISchedule>(EntityKind.Schedule, id.Value);

    public ICapture Capture(CaptureId id) => Proxy<ICapture>(EntityKind.Capture, id.Value);

    public IRun Run(RunId id) => Proxy<IRun>(EntityKind.Run, id.Value);

    public IFilterCheck FilterCheck(ProbeId id) => Proxy<IFilterCheck>(EntityKind.FilterCheck, id.Value + "/filter-check");

    private T Proxy<T>(EntityKind kind, string key) where T : class => GrainProxy.For<T>(simulation, from, caller, kind, key);
}
