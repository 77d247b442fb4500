// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Tci.Contracts;
using Tci.Probe.Files;

namespace Tci.Probe.Processing;

/// <summary>The logs of this probe's runs: in memory while one goes on, afterwards <c>run-log.N.json</c> in the capture's directory.</summary>
internal sealed class RunLogs(CaptureDirectories directories, TimeProvider time) : IRunLogs
{
    private readonly ConcurrentDictionary<string, RunLogLines> _open = new();

    public Task<Answer<RunLog>> Read(RunId run, CancellationToken cancel)
    {
        if (!RunId.TryParse(run.Value, out _)) return Task.FromResult<Answer<RunLog>>(new Problem(ProblemCodes.InvalidRequest, "This is not the id of a run: PROBE/JOB.N.S is."));
        var directory = directories.Of(run.Capture);
        if (!directory.Ok) return Task.FromResult<Answer<RunLog>>(directory.Problem);
        var file = directory.Value.RunLog(run.Step);
        if (_open.TryGetValue(file, out var lines)) return Task.FromResult<Answer<RunLog>>(lines.Snapshot);
        return Task.FromResult(JsonFile.TryRead<RunLog>(file, out var log) ? log : (Answer<RunLog>)new Problem(ProblemCodes.NotFound, $"There is no log of {run}."));
    }

    public RunLogLines Begin(CaptureDirectory directory, int step) => _open[directory.RunLog(step)] = new RunLogLines(time);

    /// <summary>Keeps what the run said. A log that cannot be written costs the log, not the run.</summary>
    public void End(CaptureDirectory directory, int step)
    {
        if (!_open.TryGetValue(directory.RunLog(step), out var lines)) return;
        try
        {
            if (directory.Exists) JsonFile.Write(directory.RunLog(step), lines.Snapshot);
        }
        catch (Exception e) when (DiskTrouble.Is(e))
        {
            // The run's own result meets the same disk, and says so.
        }
        finally
        {
            _open.TryRemove(directory.RunLog(step), out _);
        }
    }
}
