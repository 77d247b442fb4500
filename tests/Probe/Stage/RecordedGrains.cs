// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Tci.Contracts;

namespace Tci.Probe.Tests.Stage;

/// <summary>Grains that remember who was poked and what was reported.</summary>
internal sealed class RecordedGrains : IGrains
{
    public ConcurrentQueue<string> Pokes { get; } = new();

    public ConcurrentQueue<ProbeReport> Reports { get; } = new();

    /// <summary>How many calls fail before one succeeds.</summary>
    public int Failures { get; set; }

    public int CountOf(string whom) => Pokes.Count(p => p == whom);

    public ICapture Capture(CaptureId id) => new Told(this, id.Value);

    public IRun Run(RunId id) => new Told(this, id.Value);

    public IProbe Probe(ProbeId id) => new Told(this, id.Value);

    public IPoint Point(PointId id) => throw new NotSupportedException();

    public IJob Job(JobId id) => throw new NotSupportedException();

    public ISchedule Schedule(ScheduleId id) => throw new NotSupportedException();

    public IFilterCheck FilterCheck(ProbeId id) => throw new NotSupportedException();

    private sealed class Told(RecordedGrains all, string whom) : ICapture, IRun, IProbe
    {
        public Task Poke(Poke request)
        {
            if (all.Failures-- > 0) throw new InvalidOperationException("no silo yet");
            all.Pokes.Enqueue(whom);
            return Task.CompletedTask;
        }

        public Task<Answer<ProbeView>> Report(ProbeReport request)
        {
            all.Reports.Enqueue(request);
            return Task.FromResult<Answer<ProbeView>>(new Problem(ProblemCodes.NotFound, "nobody looks at this"));
        }

        public Task<Answer<CaptureView>> Arm(ArmCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> Start(StartCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> Get(GetCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> Stop(StopCapture request) => throw new NotSupportedException();

        public Task<Answer<DiskReservation>> ReserveDisk(ReserveDisk request) => throw new NotSupportedException();

        public Task<Answer<Nothing>> ReleaseDisk(ReleaseDisk request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> Collect(CollectCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> Cancel(CancelCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> DropRaw(DropRawCapture request) => throw new NotSupportedException();

        public Task<Answer<RunView>> Begin(BeginRun request) => throw new NotSupportedException();

        public Task<Answer<RunView>> Get(GetRun request) => throw new NotSupportedException();

        public Task<Answer<RunView>> Cancel(CancelRun request) => throw new NotSupportedException();

        public Task<Answer<ProbeView>> Get(GetProbe request) => throw new NotSupportedException();
    }
}
