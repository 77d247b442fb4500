// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Captures;

/// <summary>
/// The grain of a capture. The engine and its directory are the truth while packets flow; the grain remembers what it asked for, and never asks for the same twice.
/// </summary>
public class Capture(IEntity<CaptureRecord> me, IGrains grains, ICaptureEngine engine, ICaptureFiles files, TimeProvider clock) : ICapture
{
    /// <summary>Between looks, should the engine's own poke be lost.</summary>
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(2);

    private CaptureRecord Record => me.State;

    private CaptureId Id => new(me.Key);

    public async Task<Answer<CaptureView>> Arm(ArmCapture request)
    {
        if (Record.State == CaptureState.New)
        {
            // Saved before the engine hears of it: after a crash in between, Look finds no directory and begins again.
            Record.Request = request;
            await Become(CaptureState.Arming);
        }

        await Look();
        return View();
    }

    public async Task<Answer<CaptureView>> Start(StartCapture request)
    {
        if (Record.State is CaptureState.New or CaptureState.Arming) return new Problem(ProblemCodes.NotReady, $"The capture {me.Key} is not armed yet.");
        if (Record.State == CaptureState.Armed)
        {
            Record.StartAt ??= request.At;
            await SaveAwake();
            await Look();
        }

        return View();
    }

    public async Task<Answer<CaptureView>> Get(GetCapture request)
    {
        await LookAndTell();
        return View();
    }

    public async Task<Answer<CaptureView>> Stop(StopCapture request)
    {
        if (Record.State is CaptureState.Arming or CaptureState.Armed or CaptureState.Capturing && (await engine.Stop(Id)).Problem is { } problem) return problem;
        await LookAndTell();
        return View();
    }

    public async Task<Answer<CaptureView>> Collect(CollectCapture request)
    {
        await Look();
        if (!Record.State.HasEnded()) return new Problem(ProblemCodes.NotReady, $"The capture {me.Key} is {Record.State}.");
        if (Record.State == CaptureState.Ended) await Become(CaptureState.Collecting);
        await Look();
        return View();
    }

    public async Task<Answer<CaptureView>> Cancel(CancelCapture request)
    {
        if (Record.State == CaptureState.Cancelled) return View();
        if (!Record.CancelRequested)
        {
            Record.CancelRequested = true;
            await SaveAwake();
        }

        await Look();
        return View();
    }

    public async Task<Answer<CaptureView>> DropRaw(DropRawCapture request)
    {
        if (Record.State != CaptureState.Collected) return new Problem(ProblemCodes.NotReady, $"The capture {me.Key} is {Record.State}.");
        if (!Record.Files.Any(f => f.Raw)) return View();
        if ((await files.DropRaw(Id)).Problem is { } problem) return problem;
        Record.Files.RemoveAll(f => f.Raw);
        await me.Save();
        return View();
    }

    public Task Poke(Poke request) => LookAndTell();

    /// <summary>Whoever made the capture look, its job must hear of what changed.</summary>
    private async Task LookAndTell()
    {
        var before = Record.State;
        await Look();
        if (Record.State != before) Calls.Send(() => grains.Job(Id.Job).Poke(new Poke()));
    }

    /// <summary>Takes the steps that are due and saves what became of them.</summary>
    private async Task Look()
    {
        var before = Record.State;
        if (Record.CancelRequested) await StepCancel();
        else if (Record.State is CaptureState.Arming or CaptureState.Armed or CaptureState.Capturing) await StepEngine();
        else if (Record.State == CaptureState.Collecting && (await files.Collect(Id)).Value is { } work) CaptureDecisions.Take(Record, work);

        me.WakeAt(IsSettled() ? null : clock.GetUtcNow() + s_lookEvery);
        if (Record.State != before) await me.Save();
    }

    /// <summary>Whether nothing is left to do until someone asks. A cancellation is not over before the directory is gone, whatever became of the capture.</summary>
    private bool IsSettled() => Record.CancelRequested
        ? Record.State == CaptureState.Cancelled
        : Record.State.IsFinal() || Record.State is CaptureState.New or CaptureState.Ended;

    private async Task StepEngine()
    {
        var answer = await engine.Look(Id);
        if (answer.Value is { State: EngineState.Absent } && Record.State == CaptureState.Arming) answer = await engine.Begin(Id, Record.Request!);
        if (answer.Value is { State: EngineState.Armed } && Record.StartAt is { } at) answer = await engine.StartAt(Id, at);
        if (answer.Ok) CaptureDecisions.Take(Record, answer.Value);
        else if (!IsPassing(answer.Problem)) Fail(answer.Problem);
    }

    /// <summary>The next look tells more. Not ready is an engine that ended between the look and the start: how, its summary says.</summary>
    private static bool IsPassing(Problem problem) =>
        problem.Code is ProblemCodes.EngineUnavailable or ProblemCodes.Overloaded or ProblemCodes.DeadlinePassed or ProblemCodes.NotReady;

    /// <summary>The engine must have ended before its directory goes: it would write into nothing and nobody would know.</summary>
    private async Task StepCancel()
    {
        if (Record.State is CaptureState.Arming or CaptureState.Armed or CaptureState.Capturing or CaptureState.Failed)
        {
            var answer = await engine.Look(Id);
            if (answer.Value is { State: not (EngineState.Absent or EngineState.Ended) }) answer = await engine.Stop(Id);
            if (answer.Value is { State: not (EngineState.Absent or EngineState.Ended) } || !answer.Ok) return;
            Record.Counters = answer.Value.Counters ?? Record.Counters;
            Record.End = answer.Value.End ?? Record.End;
        }

        if ((await files.Delete(Id)).Ok) Record.State = CaptureState.Cancelled;
    }

    private async Task Become(CaptureState state)
    {
        Record.State = state;
        await SaveAwake();
    }

    /// <summary>What was begun is looked at again, by whichever activation there is then.</summary>
    private Task SaveAwake()
    {
        me.WakeAt(clock.GetUtcNow() + s_lookEvery);
        return me.Save();
    }

    private void Fail(Problem problem)
    {
        Record.State = CaptureState.Failed;
        Record.Problem = problem;
    }

    private CaptureView View() => new()
    {
        Id = Id,
        State = Record.State,
        Counters = Record.Counters,
        Overload = Record.Overload,
        End = Record.End,
        Problem = Record.Problem,
        Engine = Record.Engine,
        Files = Record.Files,
    };
}
