// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Simulation.Probes;

/// <summary>The processors of a machine. A run that a dying program cut short begins again; one whose result is there never does.</summary>
internal sealed class SimProcessors(Simulation simulation, ProbeMachine machine) : IProcessors
{
    private static readonly WorkView s_absent = new(WorkState.Absent, 0, [], null);

    private readonly Dictionary<RunId, WorkView> _working = [];

    public async Task<Answer<WorkView>> Begin(RunId run, BeginRun request)
    {
        await Pause();
        if (Known(run) is { } known) return known;
        if (simulation.Faults.EngineFails()) return new Problem(ProblemCodes.Overloaded, "Too many runs wait on this probe.");
        if (!machine.Directories.TryGetValue(run.Capture, out var directory) || directory.Collected is null)
            return new Problem(ProblemCodes.NotReady, "The capture's files are not collected yet.");
        Begin(run, directory);
        return _working[run];
    }

    public async Task<Answer<WorkView>> Look(RunId run)
    {
        await Pause();
        return Known(run) ?? s_absent;
    }

    public async Task<Answer<Nothing>> Cancel(RunId run)
    {
        await Pause();
        _working.Remove(run);
        if (machine.Directories.TryGetValue(run.Capture, out var directory)) directory.Runs.Remove(run.Step);
        return Nothing.Value;
    }

    /// <summary>Also for mutations, that begin what they should not.</summary>
    public void Begin(RunId run, CaptureDirectory directory)
    {
        _working[run] = new WorkView(WorkState.Running, 0.1, [], null);
        var time = machine.Random.Chance(0.1) ? machine.Random.Seconds(1, 60) : machine.Random.Milliseconds(20, 2000);
        simulation.Kernel.After(time, machine.Host.Life, () => Finish(run, directory));
    }

    private WorkView? Known(RunId run)
    {
        if (_working.TryGetValue(run, out var working)) return working;
        return machine.Directories.TryGetValue(run.Capture, out var directory) ? directory.Runs.GetValueOrDefault(run.Step) : null;
    }

    private void Finish(RunId run, CaptureDirectory directory)
    {
        if (!_working.Remove(run)) return;
        if (simulation.Faults.EngineFails())
        {
            _working[run] = new WorkView(WorkState.Failed, 0, [], new Problem(ProblemCodes.DiskFull, "The disk is full."));
        }
        else
        {
            machine.CountRun(run);
            directory.Runs[run.Step] = Result(run, directory);
            simulation.Kernel.Trace.Say(machine.Name, $"has made {run}: {directory.Runs[run.Step].State}");
        }

        machine.Changed(run);
    }

    private static WorkView Result(RunId run, CaptureDirectory directory)
    {
        if (!directory.Collected!.Files.Any(f => f.Raw))
            return new WorkView(WorkState.Failed, 0, [], new Problem(ProblemCodes.ProcessingFailed, "The capture has no packets to process."));
        var folder = directory.Runs.Values.Any(r => r.Files.Any(f => f.Path == "flow.csv")) ? $"run.{run.Step}/" : "";
        IEnumerable<string> names = ["flow.csv", "flow.idx", "flow.summary.json"];
        return new WorkView(WorkState.Done, 1, [.. names.Select(n => SimCaptureFiles.File(run.Capture, folder + n, 1000 + run.Step, false))], null, "tci-flows 1.0");
    }

    private Task Pause() => simulation.Kernel.Delay(machine.Random.Milliseconds(0, 3), machine.Host.Life);
}
