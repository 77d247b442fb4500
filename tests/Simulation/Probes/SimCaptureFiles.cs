// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using System.Text;
using Tci.Contracts;

namespace Tci.Simulation.Probes;

/// <summary>Collects and deletes the files of a machine. Work under way is lost with the program, and done again by the next.</summary>
internal sealed class SimCaptureFiles(Simulation simulation, ProbeMachine machine) : ICaptureFiles
{
    private readonly Dictionary<CaptureId, WorkView> _working = [];

    public static DataFile File(CaptureId capture, string path, long size, bool raw)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{capture} {path} {size}"));
        return new DataFile(path, size, Convert.ToHexStringLower(hash), Convert.ToHexStringLower(hash.AsSpan(0, 4)), raw);
    }

    public async Task<Answer<WorkView>> Collect(CaptureId capture)
    {
        await simulation.Kernel.Delay(machine.Random.Milliseconds(0, 3), machine.Host.Life);
        if (_working.TryGetValue(capture, out var known)) return known;
        if (!machine.Directories.TryGetValue(capture, out var directory)) return new Problem(ProblemCodes.NotFound, $"There is no capture {capture} here.");
        if (directory.Collected is { } collected) return collected;
        if (!directory.Engine.HasEnded) return new Problem(ProblemCodes.NotReady, "The capture has not ended yet.");
        if (simulation.Faults.EngineFails()) return new Problem(ProblemCodes.Overloaded, "Too many captures wait to be collected.");
        simulation.Kernel.After(machine.Random.Chance(0.1) ? machine.Random.Seconds(1, 40) : machine.Random.Milliseconds(5, 900), machine.Host.Life, () => Finish(directory));
        return _working[capture] = new WorkView(WorkState.Running, 0, [], null);
    }

    public async Task<Answer<Nothing>> DropRaw(CaptureId capture)
    {
        await simulation.Kernel.Delay(machine.Random.Milliseconds(0, 3), machine.Host.Life);
        if (!machine.Directories.TryGetValue(capture, out var directory)) return Nothing.Value;
        if (!directory.Engine.HasEnded || _working.ContainsKey(capture)) return new Problem(ProblemCodes.Conflict, "The capture is being worked on.");
        if (directory.Collected is { } collected) directory.Collected = collected with { Files = [.. collected.Files.Where(f => !f.Raw)] };
        return Nothing.Value;
    }

    public async Task<Answer<Nothing>> Delete(CaptureId capture)
    {
        await simulation.Kernel.Delay(machine.Random.Milliseconds(0, 3), machine.Host.Life);
        if (!machine.Directories.TryGetValue(capture, out var directory)) return Nothing.Value;
        if (!directory.Engine.HasEnded) return new Problem(ProblemCodes.Conflict, "The capture is being captured.");
        _working.Remove(capture);
        machine.Directories.Remove(capture);
        simulation.Kernel.Trace.Say(machine.Name, $"deletes the directory of {capture}");
        return Nothing.Value;
    }

    private void Finish(CaptureDirectory directory)
    {
        if (!_working.Remove(directory.Id)) return;
        if (simulation.Faults.EngineFails())
        {
            _working[directory.Id] = new WorkView(WorkState.Failed, 0, [], new Problem(ProblemCodes.DiskFull, "The disk is full."));
        }
        else
        {
            var stored = directory.Engine.Final?.Counters?.Stored.Packets ?? 0;
            List<DataFile> files = [File(directory.Id, "info.json", 300, false)];
            if (stored > 0) files.Add(File(directory.Id, "traffic.pcap", EngineTraffic.FileBytes(stored), true));
            directory.Collected = new WorkView(WorkState.Done, 1, files, null);
        }

        machine.Changed(directory.Id);
    }
}
