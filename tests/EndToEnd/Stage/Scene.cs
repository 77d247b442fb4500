// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.EndToEnd.Stage;

/// <summary>What one test stands on: a temporary folder, two networks where the rights allow, and a server that is not started yet. All of it is gone afterwards.</summary>
public sealed class Scene : IAsyncDisposable
{
    private readonly NetworkNamespace? _near;
    private readonly NetworkNamespace? _far;
    private readonly List<string> _mounts = [];

    public Scene(string program)
    {
        Repository.Program("tci-capture");
        Repository.Program(program);
        Folder = Directory.CreateTempSubdirectory("tci-e2e-").FullName;
        if (Libc.IsRoot) (_near, _far) = Networks();
        Server = new Server(program, Folder, _near);
        Processes = new FolderProcesses(Folder);
    }

    public string Folder { get; }

    public Server Server { get; }

    public FolderProcesses Processes { get; }

    public Api Api => Server.Api;

    /// <summary>What stands before a command to run it in the server's network.</summary>
    public string[] Enter => _near?.Enter ?? [];

    /// <summary>An interface for the server and traffic to it. Made before the server starts it is a point from the first moment.</summary>
    public Wire NewWire()
    {
        if (_near is null) Assert.Inconclusive("Network namespaces and packet sockets need root.");
        return new Wire(_near!, _far!);
    }

    /// <summary>Starts the server and waits until its probe has reported, and with it the wires.</summary>
    public async Task Start(params Wire[] wires)
    {
        await Server.Start();
        var deadline = DateTime.UtcNow + Shell.TimeMax;
        while (!await IsThere() || !(await Points()).IsSupersetOf(wires.Select(w => w.Point)))
        {
            if (DateTime.UtcNow > deadline) Assert.Fail($"The probe, or a point of it, does not appear:\n{Server.Log}");
            await Task.Delay(50);
        }
    }

    /// <summary>Adds a point on a capture file.</summary>
    public async Task<string> AddPoint(string name, string source)
    {
        var reply = await Api.Post("points", JsonSerializer.Serialize(new { name, probe = "local", source }));
        Assert.AreEqual(201, reply.Status, reply.ToString());
        return "local/" + name;
    }

    /// <summary>A small file system of its own.</summary>
    public void Mount(string folder, string options)
    {
        if (!Libc.IsRoot) Assert.Inconclusive("Mounting a file system needs root.");
        Directory.CreateDirectory(folder);
        var said = Shell.Try(["mount", "-t", "tmpfs", "-o", options, "tci-e2e", folder], Shell.TimeMax);
        if (said.ExitCode != 0) Assert.Inconclusive($"A tmpfs cannot be mounted here: {said.Error.Trim()}");
        _mounts.Add(folder);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Server.Kill();
            await Processes.End();
        }
        finally
        {
            Server.Dispose();
            // A killed process has no command line any more, and its files still open for a moment.
            foreach (var mount in _mounts) await Eventually.Is(() => Shell.Try(["umount", mount], Shell.TimeMax).ExitCode == 0, $"{mount} can be unmounted.");
            Directory.Delete(Folder, recursive: true);
            _near?.Dispose();
            _far?.Dispose();
        }
    }

    private async Task<bool> IsThere()
    {
        var reply = await Api.Get("probes");
        return reply.Status == 200 && reply.As<Page<ProbeView>>().Items.Any(p => p.Present);
    }

    private async Task<HashSet<string>> Points()
    {
        var reply = await Api.Get("points");
        return reply.Status == 200 ? [.. reply.As<Page<PointView>>().Items.Where(p => p.Present).Select(p => p.Id.Value)] : [];
    }

    private static (NetworkNamespace? Near, NetworkNamespace? Far) Networks()
    {
        try
        {
            return (new NetworkNamespace(), new NetworkNamespace());
        }
        catch (InvalidOperationException e) when (e.InnerException is System.ComponentModel.Win32Exception)
        {
            // Root without CAP_SYS_ADMIN, as in a container: what needs no wire still runs.
            return default;
        }
    }
}
