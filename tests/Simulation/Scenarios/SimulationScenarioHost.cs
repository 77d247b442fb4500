// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Scenarios.Hosts;
using Tci.Simulation.Hosts;
using Tci.Simulation.Probes;
using Tci.Simulation.Scheduling;
using Tci.Simulation.Storing;

namespace Tci.Simulation.Scenarios;

/// <summary>The simulation, driven by a scenario: virtual time passes while the scenario waits for something, and at no other time.</summary>
internal sealed class SimulationScenarioHost : ScenarioHost
{
    private const ulong Seed = 1;

    private Simulation? _simulation;
    private ProbeMachine _machine = null!;
    private IGrains _grains = null!;
    private IJobCatalog _jobs = null!;

    public override IGrains Grains => _grains;

    public override ICatalog Catalog => new TablesCatalog(Simulation.Store.Tables);

    public override IJobCatalog JobCatalog => _jobs;

    public override DateTimeOffset Now
    {
        get
        {
            Simulation.Kernel.TakeOver();
            return Simulation.Cluster.Controls.Single().Clock.GetUtcNow();
        }
    }

    public override TimeSpan Elapsed => Simulation.Kernel.Elapsed;

    public override IReadOnlyList<string> Engines => [.. _machine.Directories.Values.Where(d => d.Engine.IsAlive).Select(d => d.Id.Value)];

    public override IReadOnlyList<string> CaptureFolders => [.. _machine.Directories.Keys.Select(c => c.Folder)];

    public override int PacketFiles => _machine.Directories.Values.Sum(d => d.Collected?.Files.Count(f => f.Raw) ?? 1);

    private Simulation Simulation => _simulation!;

    public override Task<IReadOnlyList<string>> Audit(string action) =>
        Task.FromResult<IReadOnlyList<string>>([.. Simulation.Store.Tables.Audit.Where(a => a.Action == action).Select(a => $"{a.By.Name} {a.Action} {a.Resource} {a.Result}")]);

    public override Task LetCreate(bool may)
    {
        Simulation.Store.Tables.LetCreate(Alice.Name, may);
        return Task.CompletedTask;
    }

    public override Task Start()
    {
        if (_simulation is null) Make();
        Simulation.Kernel.TakeOver();
        foreach (var host in Simulation.Cluster.Hosts.Where(h => !h.Alive)) host.Start();
        return Task.CompletedTask;
    }

    public override Task Stop()
    {
        Simulation.Kernel.TakeOver();
        foreach (var host in Simulation.Cluster.Hosts.Where(h => h.Role != HostRole.Client)) host.Crash(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public override Task Delay(TimeSpan time)
    {
        Simulation.Advance(() => false, time);
        return Task.CompletedTask;
    }

    public override void Jump(TimeSpan by)
    {
        foreach (var host in Simulation.Cluster.Controls.Append(_machine.Host)) host.Clock.Offset += by;
    }

    public override void KillEngines()
    {
        Simulation.Kernel.TakeOver();
        foreach (var directory in _machine.Directories.Values) directory.Engine.Kill();
    }

    public override Task<string> Sha256(CaptureId capture, string path)
    {
        var directory = _machine.Directories[capture];
        var files = directory.Collected!.Files.Concat(directory.Runs.Values.SelectMany(r => r.Files));
        return Task.FromResult(files.Single(f => f.Path == path).Sha256);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override string WriteSource(string name, int packets, TimeSpan step)
    {
        var source = $"pcap:/{name}.pcap";
        _machine.Files[source] = EngineTraffic.File(packets, step);
        return source;
    }

    private void Make()
    {
        _simulation = Simulation.Quiet(Seed, Jobs);
        var world = new World(Simulation, new SimRandom(Seed));
        _machine = world.AddOne(Probe);
        _grains = new DrivenGrains(Simulation, new SimGrains(Simulation, world.Client, "scenario"));
        _jobs = DrivenProxy.Of(Simulation, Simulation.JobCatalog(world.Client));
    }
}
