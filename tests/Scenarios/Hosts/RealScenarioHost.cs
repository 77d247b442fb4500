// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Tci.Api;
using Tci.Contracts;
using Tci.Probe;
using Tci.Probe.Installation;
using Tci.Scenarios.Traffic;
using Tci.Store;

namespace Tci.Scenarios.Hosts;

/// <summary>A host in real time on a folder of its own, with the real store, engine and exporter.</summary>
public abstract class RealScenarioHost : ScenarioHost
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly JumpingClock _clock = new();
    private bool _began;

    protected RealScenarioHost() => Folder = Directory.CreateTempSubdirectory("tci-scenario-").FullName;

    /// <summary>Database, captures and what a scenario puts there.</summary>
    public string Folder { get; }

    public IServiceProvider Services { get; private set; } = null!;

    public override string? Missing => Programs.Find("tci-capture").Problem?.Message;

    public override IGrains Grains => Services.GetRequiredService<IGrains>();

    public override ICatalog Catalog => Services.GetRequiredService<ICatalog>();

    public override IJobCatalog JobCatalog => Services.GetRequiredService<IJobCatalog>();

    public override DateTimeOffset Now => _clock.GetUtcNow();

    public override TimeSpan Elapsed => _watch.Elapsed;

    public override IReadOnlyList<string> Engines => [.. EngineProcesses.OfCaptures(Folder).Select(id => id.ToString())];

    public override IReadOnlyList<string> CaptureFolders => Directory.Exists(Captures) ? [.. Directory.GetDirectories(Captures).Select(d => Path.GetFileName(d)!)] : [];

    public override int PacketFiles => Directory.GetFiles(Captures, "*.pcap*", SearchOption.AllDirectories).Length;

    private string Captures => Path.Combine(Folder, "captures");

    public override async Task<IReadOnlyList<string>> Audit(string action)
    {
        var lines = await Services.GetRequiredService<IAuditTrail>().After(0, 1000, new AuditFilter(Action: action));
        return [.. lines.Select(l => $"{l.Account} {l.Action} {l.Resource} {l.Result}")];
    }

    public override async Task LetCreate(bool may)
    {
        const string id = "grant-alice";
        var grants = Services.GetRequiredService<IGrants>();
        var audit = new AuditEntry(Now, Alice, "test", id, "accepted");
        if (may) await grants.Add(new Grant { Id = id, Account = Alice.Name, Capabilities = [Capability.Create], Created = Now, CreatedBy = "test" }, audit);
        else await grants.Remove(id, audit);
    }

    public override async Task Start()
    {
        Services = await StartHost();
        if (_began) return;
        _began = true;
        await Services.GetRequiredService<IAccounts>().Put(new AccountChange(Alice.Name, "Alice", null, null), new AuditEntry(Now, Alice, "test", "alice", "accepted"));
        await LetCreate(true);
    }

    public override Task Delay(TimeSpan time) => Task.Delay(time);

    public override void Jump(TimeSpan by) => _clock.Offset += by;

    public override void KillEngines()
    {
        foreach (var id in EngineProcesses.OfCaptures(Folder)) EngineProcesses.Kill(id);
    }

    public override async Task<string> Sha256(CaptureId capture, string path)
    {
        await using var stream = await Open(capture, path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
    }

    /// <summary>Opens a finished file the way downloads do.</summary>
    public async Task<Stream> Open(CaptureId capture, string path)
    {
        var opened = await Services.GetRequiredService<IDataSetFiles>().Open(capture, path, 0, CancellationToken.None);
        return opened.Ok ? opened.Value : throw new IOException(opened.Problem.Message);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Stop();
        await EngineProcesses.End(Folder);
        Directory.Delete(Folder, recursive: true);
    }

    protected abstract Task<IServiceProvider> StartHost();

    /// <summary>What is the same in real time: clock, store and probe.</summary>
    protected void AddParts(IServiceCollection services)
    {
        AddStore(services, new StoreOptions { Path = Path.Combine(Folder, "tci.db") });
        AddProbe(services);
    }

    protected void AddStore(IServiceCollection services, StoreOptions options)
    {
        services.AddSingleton<TimeProvider>(_clock);
        services.AddTciStore(options);
        services.AddTciRights();
    }

    protected void AddProbe(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(_clock);
        services.AddTciProbe(new ProbeOptions { Id = Probe, DataFolder = Folder });
    }

    protected override string WriteSource(string name, int packets, TimeSpan step) => "pcap:" + SamplePcap.Write(Path.Combine(Folder, name + ".pcap"), packets, step);
}
