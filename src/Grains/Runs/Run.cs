// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Runs;

/// <summary>The grain of a run: it has the probe's processors do the work once, sees that it ends, and remembers what came of it.</summary>
public class Run(IEntity<RunRecord> me, IGrains grains, IProcessors processors, TimeProvider clock) : IRun
{
    /// <summary>Between looks, should the processor's own poke be lost.</summary>
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(2);

    private RunRecord Record => me.State;

    private RunId Id => new(me.Key);

    public async Task<Answer<RunView>> Begin(BeginRun request)
    {
        if (Record.Request is null && Record.State == RunState.Pending)
        {
            Record.Request = request;
            Record.State = RunState.Running;
            me.WakeAt(clock.GetUtcNow() + s_lookEvery);
            await me.Save();
        }

        await Look();
        return View();
    }

    public async Task<Answer<RunView>> Get(GetRun request)
    {
        await LookAndTell();
        return View();
    }

    public async Task<Answer<RunView>> Cancel(CancelRun request)
    {
        if (Record.State.IsFinal()) return View();
        if ((await processors.Cancel(Id)).Problem is { } problem) return problem;
        await End(RunState.Cancelled, new Problem(ProblemCodes.Cancelled, "The run was cancelled."));
        return View();
    }

    public Task Poke(Poke request) => LookAndTell();

    /// <summary>Whoever made the run look, its job must hear of what changed.</summary>
    private async Task LookAndTell()
    {
        var before = Record.State;
        await Look();
        if (Record.State != before) Calls.Send(() => grains.Job(Id.Capture.Job).Poke(new Poke()));
    }

    private async Task Look()
    {
        if (Record.State != RunState.Running) return;
        var answer = await processors.Look(Id);
        if (answer.Value is { State: WorkState.Absent }) answer = await processors.Begin(Id, Record.Request!);
        if (answer.Value is { } work) await Take(work);
        else if (answer.Problem!.Code != ProblemCodes.Overloaded) await End(RunState.Failed, answer.Problem);

        if (Record.State == RunState.Running && clock.GetUtcNow() >= Record.Request!.Deadline) await GiveUp();
        if (Record.State == RunState.Running) me.WakeAt(clock.GetUtcNow() + s_lookEvery);
    }

    private async Task Take(WorkView work)
    {
        Record.Progress = work.Progress;
        Record.Program = work.Program ?? Record.Program;
        if (work.State == WorkState.Done)
        {
            Record.Files = [.. work.Files];
            await End(RunState.Done, work.Problem);
        }
        else if (work.State == WorkState.Failed)
        {
            await End(RunState.Failed, work.Problem ?? new Problem(ProblemCodes.ProcessingFailed, "The processor failed without a reason."));
        }
    }

    private async Task GiveUp()
    {
        await processors.Cancel(Id);
        await End(RunState.Failed, new Problem(ProblemCodes.DeadlinePassed, "The run had not ended by its deadline."));
    }

    private async Task End(RunState state, Problem? problem)
    {
        Record.State = state;
        Record.Problem = problem;
        Record.Progress = state == RunState.Done ? 1 : Record.Progress;
        me.WakeAt(null);
        await me.Save();
    }

    private RunView View() => new()
    {
        Id = Id,
        Processor = Record.Request?.Processor ?? "",
        State = Record.State,
        Progress = Record.Progress,
        Problem = Record.Problem,
        Program = Record.Program,
        Files = Record.Files,
    };
}
