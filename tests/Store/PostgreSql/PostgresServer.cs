// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;

namespace Tci.Store.Tests.PostgreSql;

/// <summary>A PostgreSQL server of the tests' own: its data in a folder of its own, reached by a socket in there, gone when the tests end.</summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly TimeSpan s_startMax = TimeSpan.FromSeconds(60);
    private static readonly Lazy<PostgresServer> s_one = new(() => new PostgresServer());
    private readonly string _folder = Directory.CreateTempSubdirectory("tci-pg-").FullName;
    private readonly int? _tcpPort;
    private Process? _server;

    /// <param name="tcpPort">A port on loopback to listen on besides the socket.</param>
    public PostgresServer(int? tcpPort = null)
    {
        _tcpPort = tcpPort;
        if (Environment.IsPrivilegedProcess) Run("chown", "postgres", _folder);
        Run([.. AsUser, Tool("initdb"), "-D", Data, "-U", "tci", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]);
        Start();
    }

    /// <summary>The one that all tests share, started when the first asks.</summary>
    public static PostgresServer Shared => s_one.Value;

    /// <summary>Why there can be none here, null where there can.</summary>
    public static string? Missing =>
        Folder() is null ? "PostgreSQL is not installed (apt: postgresql)."
        : Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "PostgreSQL refuses root, and there is no user 'postgres'."
        : null;

    public string Connection => $"Host={_folder};Port={_tcpPort ?? 5432};Username=tci;Database=postgres";

    public string TcpConnection => $"Host=127.0.0.1;Port={_tcpPort};Username=tci;Database=postgres";

    private string Data => Path.Combine(_folder, "data");

    // PostgreSQL refuses root. This program becomes the other one, so the process started is the server itself.
    private static string[] AsUser => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] : [];

    public static void StopShared()
    {
        if (s_one.IsValueCreated) s_one.Value.Dispose();
    }

    public void Start()
    {
        _server = Process.Start(Info([.. AsUser, Tool("postgres"), "-D", Data, "-k", _folder, "-c", $"listen_addresses={(_tcpPort is null ? "" : "127.0.0.1")}", "-p", $"{_tcpPort ?? 5432}", "-c", "fsync=off", "-c", "max_connections=300"]))!;
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        var watch = Stopwatch.StartNew();
        while (!Answers())
        {
            if (watch.Elapsed > s_startMax || _server.HasExited) throw new InvalidOperationException("The PostgreSQL server of the tests did not start.");
            Thread.Sleep(50);
        }
    }

    /// <summary>Ends it at once, with every connection.</summary>
    public void Stop()
    {
        Run("kill", "-INT", $"{_server!.Id}");
        if (!_server.WaitForExit(TimeSpan.FromSeconds(20))) _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
        _server = null;
    }

    public void Dispose()
    {
        if (_server is not null) Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private bool Answers()
    {
        using var asked = Process.Start(Info([Tool("pg_isready"), "-q", "-h", _folder, "-p", $"{_tcpPort ?? 5432}", "-t", "2"]))!;
        asked.WaitForExit();
        return asked.ExitCode == 0;
    }

    private static string? Folder() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderBy(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0).Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    private static string Tool(string name) => Path.Combine(Folder()!, name);

    private static void Run(params string[] command)
    {
        using var process = Process.Start(Info(command))!;
        var said = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command[0]} failed: {said.Result}{output.Result}");
    }

    private static ProcessStartInfo Info(string[] command) => new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
}
