// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Interop;

namespace Tci.Probe.Engine;

/// <summary>
/// Has the engine start captures, on a background thread. Asking twice for one directory is harmless: an engine that is at work there refuses the second.
/// </summary>
internal sealed class EngineStarter(ProbeOptions options, Launcher launcher, ILogger<EngineStarter> log)
{
    private const int AttemptsMax = 3;
    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Makes the directory with its request and starts it.</summary>
    public void Begin(EngineCapture capture, RequestFile request, CancellationToken stop)
    {
        try
        {
            Directory.CreateDirectory(capture.Directory.Path);
            // The engine may run as another user of the same group; the process's umask must not lock it out.
            File.SetUnixFileMode(capture.Directory.Path, DirectoryMode);
            JsonFile.Write(capture.Directory.Request, request);
        }
        catch (Exception e) when (DiskTrouble.Is(e))
        {
            capture.Settle(EngineViews.NotStarted(DiskTrouble.Of(e, ProblemCodes.CaptureFailed)));
            return;
        }
        if (MissingKey(request) is { } missing)
            Refuse(capture, missing);
        else
            Start(capture, stop);
    }

    /// <summary>Starts a capture whose request is there. Where the probe ends meanwhile, its next life goes on here.</summary>
    public void Start(EngineCapture capture, CancellationToken stop)
    {
        var outcome = NativeOutcome.Good;
        for (var attempt = 1; attempt <= AttemptsMax && !capture.StopWanted; attempt++)
        {
            if (attempt > 1) stop.WaitHandle.WaitOne(s_retryAfter);
            if (stop.IsCancellationRequested) return;
            outcome = Attempt(capture);
            if (outcome.Ok) return;
            if (outcome.Code is not (TciCode.NoLauncher or TciCode.Busy or TciCode.Timeout)) break;
        }
        GiveUp(capture, outcome);
    }

    private NativeOutcome Attempt(EngineCapture capture)
    {
        var outcome = launcher.Ensure();
        if (!outcome.Ok) return outcome;
        outcome = CaptureLibrary.Start(options.Socket, capture.Directory.Path, options.ArmTimeout, out var handle);
        if (outcome.Code == TciCode.DirectoryInUse) outcome = Join(capture, out handle);
        if (handle is not null) capture.Attach(handle);
        return outcome;
    }

    // An earlier request got through after all. Its engine may not have made its pages yet; then it is as if it had not answered.
    private static NativeOutcome Join(EngineCapture capture, out CaptureHandle? handle)
    {
        var outcome = CaptureLibrary.Open(capture.Directory.Path, out handle);
        return outcome.Code == TciCode.NoCapture ? outcome with { Code = TciCode.Timeout } : outcome;
    }

    private void GiveUp(EngineCapture capture, NativeOutcome outcome)
    {
        // Where the engine got as far as the directory, its own words are there; and where only the answer was lost, the capture is.
        if (capture.SettleBySummary()) return;
        if (CaptureLibrary.Open(capture.Directory.Path, out var handle).Ok)
        {
            capture.Attach(handle!);
            return;
        }
        Refuse(capture, Outcomes.Problem(outcome.Code, outcome.Message, outcome.Position), late: outcome.Code is TciCode.Timeout or TciCode.NoLauncher);
    }

    /// <summary>What the engine would say too, but with the name that the job knows.</summary>
    private static Problem? MissingKey(RequestFile request) => request.Anonymise?.KeyFile is { } path && !File.Exists(path)
        ? new Problem(ProblemCodes.KeyMissing, $"The probe has no key \"{Path.GetFileName(path)}\"; its administrator puts keys into {Path.GetDirectoryName(path)}.", Field: "anonymise.key")
        : null;

    /// <param name="late">The engine was asked and may still come: it must find nothing to start.</param>
    private void Refuse(EngineCapture capture, Problem? problem, bool late = false)
    {
        if (problem is not null) Log.NotStarted(log, capture.Id.Value, problem.Code, problem.Message);
        var view = EngineViews.NotStarted(problem);
        try
        {
            JsonFile.Write(capture.Directory.Outcome, view);
            if (late) File.Move(capture.Directory.Request, capture.Directory.Request + ".refused", overwrite: true);
        }
        catch (Exception e) when (DiskTrouble.Is(e))
        {
            Log.OutcomeNotWritten(log, capture.Id.Value, e);
        }
        capture.Settle(view);
    }
}
