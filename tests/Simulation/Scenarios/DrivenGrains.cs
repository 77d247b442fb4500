// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Simulation.Scenarios;

/// <summary>Reaches the entities of a simulation that nobody else runs.</summary>
internal sealed class DrivenGrains(Simulation simulation, IGrains inner) : IGrains
{
    public IProbe Probe(ProbeId id) => DrivenProxy.Of(simulation, inner.Probe(id));

    public IPoint Point(PointId id) => DrivenProxy.Of(simulation, inner.Point(id));

    public IJob Job(JobId id) => DrivenProxy.Of(simulation, inner.Job(id));

    public ICapture Capture(CaptureId id) => DrivenProxy.Of(simulation, inner.Capture(id));

    public IRun Run(RunId id) => DrivenProxy.Of(simulation, inner.Run(id));

    public ISchedule Schedule(ScheduleId id) => DrivenProxy.Of(simulation, inner.Schedule(id));

    public IFilterCheck FilterCheck(ProbeId id) => DrivenProxy.Of(simulation, inner.FilterCheck(id));
}
