// SPDX-License-Identifier: BSD-3-Clause
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;
using Tci.Store.Tests.PostgreSql;

namespace Tci.EndToEnd.Cluster;

/// <summary>
/// A cluster as it is run: PostgreSQL, two silos that decide, a silo for each of two probes, and the API in a process of its own, each on an address of its own
/// of the loopback network.
/// </summary>
public sealed partial class ClusterScene : IAsyncDisposable
{
    private static int s_scenes;
    private readonly string _net = $"127.{10 + (Environment.ProcessId % 240)}.{Interlocked.Increment(ref s_scenes)}.";
    private readonly PostgresServer _database;
    private readonly Dictionary<string, Daemon> _daemons = [];
    private readonly FolderProcesses _processes;

    public ClusterScene()
    {
        if (PostgresServer.Missing is { } missing) Assert.Inconclusive(missing);
        Repository.Program("tci-capture");
        Repository.Program("tci-silo");
        _database = new PostgresServer();
        Folder = Directory.CreateTempSubdirectory("tci-e2e-cluster-").FullName;
        _processes = new FolderProcesses(Folder);
    }

    public string Folder { get; }

    /// <summary>What a client sees.</summary>
    public Api Api { get; private set; } = null!;

    /// <summary>Engine processes at work on a capture.</summary>
    public IReadOnlyList<int> Captures => _processes.Captures;

    private Dictionary<string, string> WithStore => new() { ["TCI_STORE"] = _database.Connection };

    /// <summary>Starts everything and waits until both probes have reported.</summary>
    public async Task Start()
    {
        await StartControl("a");
        await StartControl("b");
        await StartProbe("p1");
        await StartProbe("p2");
        await StartApi();
        await Until(async () => (await Probes()).Count(p => p.Present) == 2, "both probes are there");
    }

    public Task StartControl(string name) => Run(name, ["--role", "control", "--advertise", Address(name)]);

    public Task StartProbe(string name) => Run(name, [.. ProbeArguments(name)]);

    public async Task StartApi()
    {
        var data = Path.Combine(Folder, "api");
        var daemon = Daemon("api");
        await daemon.Start(["--role", "api", "--data", data, "--listen", "127.0.0.1:0"], log => Listening().IsMatch(log) && File.Exists(Path.Combine(data, "admin-token")), WithStore);
        Api?.Dispose();
        Api = new Api(new Uri(Listening().Match(daemon.Log).Groups[1].Value), null, (await File.ReadAllTextAsync(Path.Combine(data, "admin-token"))).Trim());
    }

    /// <summary>A second silo for a probe, in the expectation that it is refused.</summary>
    public Said RunSecondProbe(string name) => Daemon(name).Run(ProbeArguments(name), WithStore);

    /// <summary>tci-silo status.</summary>
    public Said Status() => Daemon("api").Run(["status"], WithStore);

    /// <summary>kill -9.</summary>
    public Task Kill(string name) => _daemons[name].Kill();

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> End(string name) => _daemons[name].End(TimeSpan.FromSeconds(30));

    public void StopDatabase() => _database.Stop();

    public void StartDatabase() => _database.Start();

    /// <summary>A point on a capture file of so many packets, one each so many milliseconds.</summary>
    public async Task<string> AddPoint(string probe, string name, int packets, int everyMs)
    {
        var file = SampleFile.Write(Folder, packets, everyMs, name: $"{probe}-{name}.pcap");
        var reply = await Api.Post("points", System.Text.Json.JsonSerializer.Serialize(new { name, probe, source = "pcap:" + file }));
        Assert.AreEqual(201, reply.Status, reply.ToString());
        return $"{probe}/{name}";
    }

    public async Task<IReadOnlyList<ProbeView>> Probes()
    {
        var reply = await Api.Get("probes");
        return reply.Status == 200 ? reply.As<Page<ProbeView>>().Items : [];
    }

    public async Task Until(Func<Task<bool>> wanted, string sentence, int secondsMax = 60)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(secondsMax);
        while (!await wanted())
        {
            if (DateTime.UtcNow > deadline) Assert.Fail($"Not within {secondsMax} s: {sentence}\n{Logs()}");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in _daemons.Values) await daemon.Kill();
        await _processes.End();
        foreach (var daemon in _daemons.Values) daemon.Dispose();
        Api?.Dispose();
        _database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private string[] ProbeArguments(string name) => ["--role", "probe", "--probe-id", name, "--data", Path.Combine(Folder, name), "--advertise", Address(name)];

    private Task Run(string name, IReadOnlyList<string> arguments) =>
        Daemon(name).Start(arguments, log => log.Contains("is in the cluster", StringComparison.Ordinal), WithStore);

    private Daemon Daemon(string name) => _daemons.TryGetValue(name, out var daemon) ? daemon : _daemons[name] = new Daemon("tci-silo", Folder, name: name);

    private string Address(string name) => _net + (name switch { "a" => "1", "b" => "2", "p1" => "11", _ => "12" });

    private string Logs() => string.Join('\n', _daemons.Select(d => $"-- {d.Key}\n{d.Value.Log}"));

    [GeneratedRegex("TCI listens on (http://[^\\s]+)\\s")]
    private static partial Regex Listening();
}
