// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Hosts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Probes;

/// <summary>What of a probe outlives its program: disk, engine processes, interfaces, clock. Counts what must not happen twice.</summary>
internal sealed class ProbeMachine(Simulation simulation, Host host, IReadOnlyList<ProbeSource> sources, SimRandom random)
{
    private readonly Dictionary<CaptureId, int> _starts = [];
    private readonly Dictionary<RunId, int> _runs = [];

    public Kernel Kernel => simulation.Kernel;

    public Host Host => host;

    public string Name => host.Name + " machine";

    public SimRandom Random => random;

    public Dictionary<CaptureId, CaptureDirectory> Directories { get; } = [];

    /// <summary>Capture files on the machine, by the source that replays them.</summary>
    public Dictionary<string, EngineTraffic> Files { get; } = [];

    public List<ProbeSource> Sources { get; } = [.. sources];

    public IEnumerable<ProbeSource> LostSources => sources.Except(Sources);

    /// <summary>Makes the directory; no process runs yet.</summary>
    public CaptureDirectory MakeDirectory(CaptureId id, ArmCapture request)
    {
        if (Directories.TryGetValue(id, out var there)) return there;
        Kernel.Trace.Say(Name, $"makes the directory of {id}");
        return Directories[id] = new CaptureDirectory(id, NewEngine(id, request));
    }

    /// <summary>Starts the engine on a directory. Its lock on the directory keeps it from starting twice.</summary>
    public void StartEngine(CaptureDirectory directory)
    {
        if (!directory.Engine.IsRequestedOnly) return;
        CountStart(directory.Id);
        directory.Engine.Start();
        var name = directory.Engine.Point.Name;
        if (sources.Any(s => s.Name == name) && Sources.All(s => s.Name != name)) directory.Engine.SourceGone();
    }

    /// <summary>What the engine must never do: another process for the same capture. Only mutations call it.</summary>
    public void StartAgain(CaptureId id, ArmCapture request)
    {
        CountStart(id);
        Directories[id] = new CaptureDirectory(id, NewEngine(id, request));
        Directories[id].Engine.Start();
    }

    public void CountRun(RunId id)
    {
        _runs[id] = _runs.GetValueOrDefault(id) + 1;
        if (_runs[id] > 1) Kernel.Fail($"The run {id} was made twice.");
    }

    /// <summary>The engine side tells the grain, if the probe program lives.</summary>
    public void Changed(CaptureId id)
    {
        simulation.Chaos.AtChange(host);
        if (host.Alive) Kernel.After(random.Milliseconds(1, 100), host.Life, () => simulation.Network.Poke(host, Name, EntityKind.Capture, id.Value));
    }

    /// <summary>Called when packets begin to be stored, and when that ends.</summary>
    public void Storing(CaptureId id, PointId point) => simulation.Checks.OnStoring(id, point);

    public void Changed(RunId id)
    {
        simulation.Chaos.AtChange(host);
        if (host.Alive) simulation.Network.Poke(host, Name, EntityKind.Run, id.Value);
    }

    public TimeSpan WhenClockShows(DateTimeOffset instant) => Kernel.Elapsed + (instant - host.Clock.GetUtcNow());

    public void ClockJumped()
    {
        foreach (var directory in Directories.Values) directory.Engine.ClockJumped();
    }

    public void LoseSource(SimRandom which)
    {
        if (Sources.Count == 0) return;
        var lost = which.Pick(Sources);
        Kernel.Trace.Say(Name, $"loses {lost.Name}");
        Sources.Remove(lost);
        foreach (var directory in Directories.Values.Where(d => d.Engine.Point.Name == lost.Name).ToList()) directory.Engine.SourceGone();
    }

    public void RestoreSources()
    {
        if (Sources.Count == sources.Count) return;
        Kernel.Trace.Say(Name, $"has all its sources again");
        Sources.Clear();
        Sources.AddRange(sources);
    }

    private EngineProcess NewEngine(CaptureId id, ArmCapture request)
    {
        if (!request.Source.StartsWith("pcap:", StringComparison.Ordinal)) return new(this, id, request, EngineTraffic.Of(random), EngineFate.Of(random, simulation.Faults.Plan.EngineTrouble));
        return Files.TryGetValue(request.Source, out var file) ? new(this, id, request, file, EngineFate.Good) : new(this, id, request, EngineTraffic.Of(random), EngineFate.NoSource);
    }

    private void CountStart(CaptureId id)
    {
        _starts[id] = _starts.GetValueOrDefault(id) + 1;
        if (_starts[id] > 1) Kernel.Fail($"The capture {id} was started twice.");
    }
}
