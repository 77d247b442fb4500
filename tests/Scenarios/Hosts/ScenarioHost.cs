// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Tci.Contracts;
using Tci.Grains.Jobs;
using Tci.Probe;
using Tci.Store;

namespace Tci.Scenarios.Hosts;

/// <summary>A whole information system with one probe on a folder of its own, on one of the hosts. It can be stopped and started again on the same folder.</summary>
public abstract class ScenarioHost : IAsyncDisposable
{
    public static readonly Caller Alice = new("alice", "192.0.2.7");

    protected ScenarioHost() => Folder = Directory.CreateTempSubdirectory("tci-scenario-").FullName;

    /// <summary>Database, captures and what a scenario puts there.</summary>
    public string Folder { get; }

    public IGrains Grains => Services.GetRequiredService<IGrains>();

    public ICatalog Catalog => Services.GetRequiredService<ICatalog>();

    public IServiceProvider Services { get; private set; } = null!;

    public JobOptions Jobs { get; init; } = new();

    public async Task Start() => Services = await StartHost();

    public abstract Task Stop();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Stop();
        await EngineProcesses.End(Folder);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Makes a point on a capture file.</summary>
    public async Task<PointId> PointOn(string name, string source)
    {
        var id = new PointId(new ProbeId("local"), name);
        var answer = await Grains.Point(id).Define(new DefinePoint(source, PointOrigin.Added, true, null, Alice));
        return answer.Ok ? id : throw new InvalidOperationException(answer.Problem.Message);
    }

    protected abstract Task<IServiceProvider> StartHost();

    /// <summary>What is the same on every host: store and probe.</summary>
    protected void AddParts(IServiceCollection services)
    {
        services.AddTciStore(new StoreOptions { Path = Path.Combine(Folder, "tci.db") });
        services.AddTciProbe(new ProbeOptions { DataFolder = Folder });
    }
}
