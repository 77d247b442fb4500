// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Silo.Grains;

/// <summary>Reaches entities through Orleans, from a silo or from a client of the cluster.</summary>
public sealed class OrleansGrains(IGrainFactory factory) : IGrains
{
    public IProbe Probe(ProbeId id) => factory.GetGrain<IProbeGrain>(id.Key);

    public IPoint Point(PointId id) => factory.GetGrain<IPointGrain>(id.Value);

    public IJob Job(JobId id) => factory.GetGrain<IJobGrain>(id.Value);

    public ICapture Capture(CaptureId id) => factory.GetGrain<ICaptureGrain>(id.Value);

    public IRun Run(RunId id) => factory.GetGrain<IRunGrain>(id.Value);

    public ISchedule Schedule(ScheduleId id) => factory.GetGrain<IScheduleGrain>(id.Value);

    public IFilterCheck FilterCheck(ProbeId id) => factory.GetGrain<IFilterCheckGrain>(id.Value + "/filter-check");
}
