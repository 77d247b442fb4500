// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>How code reaches an entity by its id, whichever host runs it. Getting one costs nothing and does not call it.</summary>
public interface IGrains
{
    IProbe Probe(ProbeId id);

    IPoint Point(PointId id);

    IJob Job(JobId id);

    ICapture Capture(CaptureId id);

    IRun Run(RunId id);

    ISchedule Schedule(ScheduleId id);

    IFilterCheck FilterCheck(ProbeId id);
}
