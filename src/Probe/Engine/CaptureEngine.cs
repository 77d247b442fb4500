// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Interop;

namespace Tci.Probe.Engine;

/// <summary>The capture engine for the grains of this probe.</summary>
internal sealed class CaptureEngine(CaptureDirectories directories, EngineCaptures captures, TimeProvider time) : ICaptureEngine
{
    // Most sources open faster than this, and then the first answer is already the second.
    private static readonly TimeSpan s_beginWait = TimeSpan.FromMilliseconds(200);

    public async Task<Answer<EngineView>> Begin(CaptureId capture, ArmCapture request)
    {
        var found = Find(capture);
        if (found.Problem is { Code: ProblemCodes.NotFound }) found = captures.Begin(capture, directories.Of(capture).Value!, request);
        if (!found.Ok) return found.Problem;
        await Task.WhenAny(found.Value.Answered, Task.Delay(s_beginWait, time));
        return found.Value.Look();
    }

    public Task<Answer<EngineView>> Look(CaptureId capture) => With(capture, _ => NativeOutcome.Good);

    public Task<Answer<EngineView>> StartAt(CaptureId capture, DateTimeOffset instant) => With(capture, found => found.StartAt(UnixTime.Nanoseconds(instant)));

    public Task<Answer<EngineView>> Stop(CaptureId capture) => With(capture, found => found.Stop());

    private Task<Answer<EngineView>> With(CaptureId capture, Func<EngineCapture, NativeOutcome> call)
    {
        var found = Find(capture);
        if (found.Problem is { Code: ProblemCodes.NotFound }) return Task.FromResult<Answer<EngineView>>(EngineViews.Absent);
        if (!found.Ok) return Task.FromResult<Answer<EngineView>>(found.Problem);
        var outcome = call(found.Value);
        Answer<EngineView> answer = outcome.Ok ? found.Value.Look() : Refusal(outcome);
        return Task.FromResult(answer);
    }

    private Answer<EngineCapture> Find(CaptureId capture)
    {
        var directory = directories.Of(capture);
        return directory.Ok ? captures.Find(capture, directory.Value) : directory.Problem;
    }

    private static Problem Refusal(NativeOutcome outcome) => outcome.Code == TciCode.NoCapture
        ? new Problem(ProblemCodes.NotReady, outcome.Message + ".")
        : Outcomes.Problem(outcome.Code, outcome.Message)!;
}
