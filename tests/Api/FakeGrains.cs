// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests;

/// <summary>Entities that answer what a test says. A call no test prepared fails loudly.</summary>
internal sealed class FakeGrains : IGrains
{
    public Func<JobId, SubmitJob, Task<Answer<JobView>>> OnSubmit { get; set; } = (_, _) => throw new InvalidOperationException("Submit was not expected.");

    public Func<CheckJob, Task<Answer<Nothing>>> OnCheckJob { get; set; } = _ => Task.FromResult<Answer<Nothing>>(Nothing.Value);

    public Func<JobId, Task<Answer<JobView>>> OnGetJob { get; set; } = _ => throw new InvalidOperationException("Get was not expected.");

    public Func<JobId, CancelJob, Task<Answer<JobView>>> OnCancel { get; set; } = (_, _) => throw new InvalidOperationException("Cancel was not expected.");

    /// <summary>Every other order to a job; the request record says which.</summary>
    public Func<JobId, object, Task<Answer<JobView>>> OnOrder { get; set; } = (_, request) => throw new InvalidOperationException($"{request} was not expected.");

    public Func<CaptureId, Task<Answer<CaptureView>>> OnCapture { get; set; } = _ => throw new InvalidOperationException("Capture was not expected.");

    public Func<PointId, Task<Answer<PointView>>> OnPoint { get; set; } = id => Answers<PointView>(new Problem(ProblemCodes.NotFound, $"There is no capture point {id}."));

    public Func<PointId, DefinePoint, Task<Answer<PointView>>> OnDefine { get; set; } = (_, _) => throw new InvalidOperationException("Define was not expected.");

    /// <summary>Limits and removal of a point.</summary>
    public Func<PointId, object, Task<Answer<PointView>>> OnPointOrder { get; set; } =
        (id, _) => Answers<PointView>(new Problem(ProblemCodes.NotFound, $"There is no capture point {id}."));

    /// <summary>Every call of a schedule; the request record says which.</summary>
    public Func<ScheduleId, object, Task<Answer<ScheduleView>>> OnSchedule { get; set; } =
        (id, _) => Answers<ScheduleView>(new Problem(ProblemCodes.NotFound, $"There is no schedule {id}."));

    public Func<ProbeId, Task<Answer<ProbeView>>> OnProbe { get; set; } = id => Answers<ProbeView>(new Problem(ProblemCodes.NotFound, $"No probe {id} has reported yet."));

    public Func<ProbeId, string, Task<Answer<FilterVerdict>>> OnCheck { get; set; } = (_, _) => Answers<FilterVerdict>(new FilterVerdict(false, 7));

    public static Task<Answer<T>> Answers<T>(Answer<T> answer) => Task.FromResult(answer);

    public static Task<Answer<T>> Never<T>() => new TaskCompletionSource<Answer<T>>().Task;

    public IJob Job(JobId id) => new FakeJob(this, id);

    public IPoint Point(PointId id) => new FakePoint(this, id);

    public ICapture Capture(CaptureId id) => new FakeCapture(this, id);

    public IProbe Probe(ProbeId id) => new FakeProbe(this, id);

    public IFilterCheck FilterCheck(ProbeId id) => new FakeFilterCheck(this, id);

    public ISchedule Schedule(ScheduleId id) => new FakeSchedule(this, id);

    public IRun Run(RunId id) => throw new NotSupportedException();

    private sealed class FakeJob(FakeGrains grains, JobId id) : IJob
    {
        public Task<Answer<JobView>> Submit(SubmitJob request) => grains.OnSubmit(id, request);

        public Task<Answer<Nothing>> Check(CheckJob request) => grains.OnCheckJob(request);

        public Task<Answer<JobView>> Get(GetJob request) => grains.OnGetJob(id);

        public Task<Answer<JobView>> Cancel(CancelJob request) => grains.OnCancel(id, request);

        public Task<Answer<JobView>> Stop(StopJob request) => grains.OnOrder(id, request);

        public Task<Answer<JobView>> Pause(PauseJob request) => grains.OnOrder(id, request);

        public Task<Answer<JobView>> Resume(ResumeJob request) => grains.OnOrder(id, request);

        public Task<Answer<JobView>> Process(ProcessJob request) => grains.OnOrder(id, request);

        public Task<Answer<JobView>> Delete(DeleteJob request) => grains.OnOrder(id, request);

        public Task<Answer<JobView>> Change(ChangeJob request) => grains.OnOrder(id, request);

        public Task<Answer<JobView>> Label(LabelJob request) => grains.OnOrder(id, request);

        public Task<Answer<JobView>> Hold(HoldJob request) => grains.OnOrder(id, request);

        public Task<Answer<JobView>> Release(ReleaseJob request) => grains.OnOrder(id, request);

        public Task Poke(Poke request) => throw new NotSupportedException();
    }

    private sealed class FakePoint(FakeGrains grains, PointId id) : IPoint
    {
        public Task<Answer<PointView>> Define(DefinePoint request) => grains.OnDefine(id, request);

        public Task<Answer<PointView>> Get(GetPoint request) => grains.OnPoint(id);

        public Task<Answer<PointView>> Limit(LimitPoint request) => grains.OnPointOrder(id, request);

        public Task<Answer<PointView>> Remove(RemovePoint request) => grains.OnPointOrder(id, request);

        public Task<Answer<PointView>> Maintain(MaintainPoint request) => grains.OnPointOrder(id, request);

        public Task<Answer<Reservation>> Reserve(ReservePoint request) => throw new NotSupportedException();

        public Task<Answer<Nothing>> Release(ReleasePoint request) => throw new NotSupportedException();

        public Task Poke(Poke request) => throw new NotSupportedException();
    }

    private sealed class FakeCapture(FakeGrains grains, CaptureId id) : ICapture
    {
        public Task<Answer<CaptureView>> Get(GetCapture request) => grains.OnCapture(id);

        public Task<Answer<CaptureView>> Arm(ArmCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> Start(StartCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> Stop(StopCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> Collect(CollectCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> Cancel(CancelCapture request) => throw new NotSupportedException();

        public Task<Answer<CaptureView>> DropRaw(DropRawCapture request) => throw new NotSupportedException();

        public Task Poke(Poke request) => throw new NotSupportedException();
    }

    private sealed class FakeProbe(FakeGrains grains, ProbeId id) : IProbe
    {
        public Task<Answer<ProbeView>> Get(GetProbe request) => grains.OnProbe(id);

        public Task<Answer<ProbeView>> Report(ProbeReport request) => throw new NotSupportedException();

        public Task<Answer<DiskReservation>> ReserveDisk(ReserveDisk request) => throw new NotSupportedException();

        public Task<Answer<Nothing>> ReleaseDisk(ReleaseDisk request) => throw new NotSupportedException();

        public Task Poke(Poke request) => throw new NotSupportedException();
    }

    private sealed class FakeSchedule(FakeGrains grains, ScheduleId id) : ISchedule
    {
        public Task<Answer<ScheduleView>> Define(DefineSchedule request) => grains.OnSchedule(id, request);

        public Task<Answer<ScheduleView>> Get(GetSchedule request) => grains.OnSchedule(id, request);

        public Task<Answer<ScheduleView>> Pause(PauseSchedule request) => grains.OnSchedule(id, request);

        public Task<Answer<ScheduleView>> Resume(ResumeSchedule request) => grains.OnSchedule(id, request);

        public Task<Answer<ScheduleView>> Delete(DeleteSchedule request) => grains.OnSchedule(id, request);

        public Task Poke(Poke request) => throw new NotSupportedException();
    }

    private sealed class FakeFilterCheck(FakeGrains grains, ProbeId id) : IFilterCheck
    {
        public Task<Answer<FilterVerdict>> Check(CheckFilter request) => grains.OnCheck(id, request.Filter);
    }
}
