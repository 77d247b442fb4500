// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Points;
using Tci.Simulation.Hosts;

namespace Tci.Simulation.Mutations;

/// <summary>A point that grants a renewal and does not count it: the place runs out while it is used.</summary>
internal sealed class RenewalsDoNotCount : Mutation
{
    public override object Grain<TState>(object grain, SimEntity<TState> entity) =>
        grain is IPoint point ? new Forgetful(point, (PointRecord)(object)entity.State) : grain;

    private sealed class Forgetful(IPoint inner, PointRecord record) : IPoint
    {
        public Task<Answer<PointView>> Define(DefinePoint request) => inner.Define(request);

        public Task<Answer<PointView>> Get(GetPoint request) => inner.Get(request);

        public Task<Answer<PointView>> Limit(LimitPoint request) => inner.Limit(request);

        public Task<Answer<PointView>> Remove(RemovePoint request) => inner.Remove(request);

        public Task<Answer<PointView>> Maintain(MaintainPoint request) => inner.Maintain(request);

        public Task<Answer<Reservation>> Reserve(ReservePoint request) => record.Holders.Any(p => p.Capture == request.Capture)
            ? Task.FromResult<Answer<Reservation>>(new Reservation(true, record.Source, 0, null))
            : inner.Reserve(request);

        public Task<Answer<Nothing>> Release(ReleasePoint request) => inner.Release(request);

        public Task Poke(Poke request) => inner.Poke(request);
    }
}

/// <summary>A point that counts a renewal as a second place.</summary>
internal sealed class RenewalsCountTwice : Mutation
{
    public override object Grain<TState>(object grain, SimEntity<TState> entity) =>
        grain is IPoint point ? new Generous(point, (PointRecord)(object)entity.State) : grain;

    private sealed class Generous(IPoint inner, PointRecord record) : IPoint
    {
        public Task<Answer<PointView>> Define(DefinePoint request) => inner.Define(request);

        public Task<Answer<PointView>> Get(GetPoint request) => inner.Get(request);

        public Task<Answer<PointView>> Limit(LimitPoint request) => inner.Limit(request);

        public Task<Answer<PointView>> Remove(RemovePoint request) => inner.Remove(request);

        public Task<Answer<PointView>> Maintain(MaintainPoint request) => inner.Maintain(request);

        public Task<Answer<Reservation>> Reserve(ReservePoint request)
        {
            if (record.Holders.FirstOrDefault(p => p.Capture == request.Capture) is { } held) record.Holders.Add(held);
            return inner.Reserve(request);
        }

        public Task<Answer<Nothing>> Release(ReleasePoint request) => inner.Release(request);

        public Task Poke(Poke request) => inner.Poke(request);
    }
}

/// <summary>A job that says yes to a cancellation, and does not remember it.</summary>
internal sealed class CancellationIsForgotten : Mutation
{
    public override object Grain<TState>(object grain, SimEntity<TState> entity) => grain is IJob job ? new Deaf(job) : grain;

    private sealed class Deaf(IJob inner) : IJob
    {
        public Task<Answer<JobView>> Submit(SubmitJob request) => inner.Submit(request);

        public Task<Answer<Nothing>> Check(CheckJob request) => inner.Check(request);

        public Task<Answer<JobView>> Get(GetJob request) => inner.Get(request);

        public Task<Answer<JobView>> Cancel(CancelJob request) => inner.Get(new GetJob());

        public Task<Answer<JobView>> Stop(StopJob request) => inner.Stop(request);

        public Task<Answer<JobView>> Pause(PauseJob request) => inner.Pause(request);

        public Task<Answer<JobView>> Resume(ResumeJob request) => inner.Resume(request);

        public Task<Answer<JobView>> Process(ProcessJob request) => inner.Process(request);

        public Task<Answer<JobView>> Delete(DeleteJob request) => inner.Delete(request);

        public Task<Answer<JobView>> Change(ChangeJob request) => inner.Change(request);

        public Task<Answer<JobView>> Label(LabelJob request) => inner.Label(request);

        public Task<Answer<JobView>> Hold(HoldJob request) => inner.Hold(request);

        public Task<Answer<JobView>> Release(ReleaseJob request) => inner.Release(request);

        public Task Poke(Poke request) => inner.Poke(request);
    }
}

/// <summary>A step that waits for something no deadline covers.</summary>
internal sealed class WaitsWithoutADeadline : Mutation
{
    public override object Grain<TState>(object grain, SimEntity<TState> entity) => grain is ICapture capture ? new Patient(capture) : grain;

    private sealed class Patient(ICapture inner) : ICapture
    {
        private readonly TaskCompletionSource _never = new();

        public Task<Answer<CaptureView>> Arm(ArmCapture request) => inner.Arm(request);

        public Task<Answer<CaptureView>> Start(StartCapture request) => inner.Start(request);

        public Task<Answer<CaptureView>> Get(GetCapture request) => inner.Get(request);

        public async Task<Answer<CaptureView>> Collect(CollectCapture request)
        {
            var answer = await inner.Collect(request);
            if (answer.Value is { State: CaptureState.Collecting }) await _never.Task;
            return answer;
        }

        public Task<Answer<CaptureView>> Cancel(CancelCapture request) => inner.Cancel(request);

        public Task<Answer<CaptureView>> Stop(StopCapture request) => inner.Stop(request);

        public Task<Answer<CaptureView>> DropRaw(DropRawCapture request) => inner.DropRaw(request);

        public Task Poke(Poke request) => inner.Poke(request);
    }
}

/// <summary>A grain that does a part of its work on the thread pool.</summary>
internal sealed class WorksOnTheThreadPool : Mutation
{
    public override object Grain<TState>(object grain, SimEntity<TState> entity) => grain is IRun run ? new Escaping(run) : grain;

    private sealed class Escaping(IRun inner) : IRun
    {
        public async Task<Answer<RunView>> Begin(BeginRun request)
        {
            await Task.Run(() => { }).ConfigureAwait(false);
            return await inner.Begin(request);
        }

        public Task<Answer<RunView>> Get(GetRun request) => inner.Get(request);

        public Task<Answer<RunView>> Cancel(CancelRun request) => inner.Cancel(request);

        public Task Poke(Poke request) => inner.Poke(request);
    }
}
