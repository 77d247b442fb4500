// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Simulation.Probes;

/// <summary>The capture engine as the probe program reaches it. What was asked and not yet written down is lost with the program.</summary>
internal sealed class SimCaptureEngine(Simulation simulation, ProbeMachine machine) : ICaptureEngine
{
    private static readonly EngineView s_absent = new(EngineState.Absent, null, null, null, false);
    private static readonly EngineView s_asked = new(EngineState.Arming, null, null, null, false);

    private readonly HashSet<CaptureId> _asked = [];

    public async Task<Answer<EngineView>> Begin(CaptureId capture, ArmCapture request)
    {
        if (await Trouble() is { } problem) return problem;
        if (!machine.Directories.ContainsKey(capture) && _asked.Add(capture)) Later(1, 150, () => Write(capture, request));
        await simulation.Kernel.Delay(machine.Random.Milliseconds(1, 200), machine.Host.Life);
        return Now(capture);
    }

    public async Task<Answer<EngineView>> Look(CaptureId capture) => await Trouble() is { } problem ? problem : Now(capture);

    public async Task<Answer<EngineView>> StartAt(CaptureId capture, DateTimeOffset instant)
    {
        if (await Trouble() is { } problem) return problem;
        if (!machine.Directories.TryGetValue(capture, out var directory)) return Now(capture);
        return directory.Engine.StartAt(instant) ? Now(capture) : NoProcess(capture);
    }

    public async Task<Answer<EngineView>> Stop(CaptureId capture)
    {
        if (await Trouble() is { } problem) return problem;
        if (!machine.Directories.TryGetValue(capture, out var directory)) return Now(capture);
        return directory.Engine.Stop() ? Now(capture) : NoProcess(capture);
    }

    /// <summary>What there is now; an engine that a program before this one never got to start is started.</summary>
    private EngineView Now(CaptureId capture)
    {
        if (!machine.Directories.TryGetValue(capture, out var directory)) return _asked.Contains(capture) ? s_asked : s_absent;
        if (directory.Engine.IsRequestedOnly && _asked.Add(capture))
        {
            if (directory.Engine.Deadline <= machine.Host.Clock.GetUtcNow()) directory.Engine.NeverBegan();
            else Later(1, 30, () => Start(capture));
        }

        return directory.Engine.View();
    }

    private void Write(CaptureId capture, ArmCapture request)
    {
        machine.MakeDirectory(capture, request);
        Later(1, 30, () => Start(capture));
    }

    private void Start(CaptureId capture)
    {
        if (machine.Directories.TryGetValue(capture, out var directory)) machine.StartEngine(directory);
        _asked.Remove(capture);
    }

    private void Later(int minMilliseconds, int maxMilliseconds, Action action) =>
        simulation.Kernel.After(machine.Random.Milliseconds(minMilliseconds, maxMilliseconds), machine.Host.Life, action);

    private async Task<Problem?> Trouble()
    {
        await simulation.Kernel.Delay(machine.Random.Milliseconds(0, 3), machine.Host.Life);
        if (!simulation.Faults.EngineFails()) return null;
        return new Problem(machine.Random.Pick([ProblemCodes.EngineUnavailable, ProblemCodes.Overloaded]), "The engine does not answer.");
    }

    private static Problem NoProcess(CaptureId capture) => new(ProblemCodes.NotReady, $"No engine works on {capture}.");
}
