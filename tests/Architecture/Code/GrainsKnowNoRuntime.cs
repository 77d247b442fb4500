// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tci.Architecture.Code;

/// <summary>Grains run on three hosts, one of which is virtual time: no threads, clocks, chance, files or sockets of their own.</summary>
public sealed class GrainsKnowNoRuntime : IRule
{
    private static readonly HashSet<string> s_types =
    [
        "Thread", "ThreadPool", "Parallel", "Timer", "PeriodicTimer", "Monitor", "Mutex", "Semaphore", "SemaphoreSlim", "Lock", "SpinLock", "Interlocked", "ReaderWriterLockSlim",
        "Random", "RandomNumberGenerator", "Stopwatch", "Environment",
        "File", "FileInfo", "FileStream", "Directory", "DirectoryInfo", "StreamReader", "StreamWriter", "Process", "ProcessStartInfo",
        "Socket", "TcpClient", "UdpClient", "HttpClient", "Dns",
    ];

    private static readonly HashSet<string> s_members =
    [
        "Task.Run", "Task.Delay", "Task.Factory", "DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "TimeProvider.System",
        "Guid.NewGuid", "Guid.CreateVersion7",
    ];

    private static readonly string[] s_namespaces = ["System.IO", "System.Net", "System.Diagnostics.Process", "System.Timers", "Orleans", "Microsoft.Extensions.Hosting", "Microsoft.AspNetCore"];

    public IEnumerable<Plant> Plants =>
    [
        .. s_types.Select(t => Planted($"_ = {t}.Something;")),
        .. s_members.Select(m => Planted($"_ = System.{m};")),
        .. s_namespaces.Select(n => new Plant("src/Grains/Planted.cs", $"using {n};")),
        Planted("lock (this) { }"),
        Planted("await call.ConfigureAwait(false);"),
        Planted("new Thread(() => { }).Start();"),
    ];

    public IEnumerable<string> Check(SourceTree tree) => CSharpFile.Below(tree, "src/Grains/").SelectMany(Breaches);

    private static IEnumerable<string> Breaches(CSharpFile file)
    {
        foreach (var name in file.Usings.Where(u => s_namespaces.Any(n => u == n || u.StartsWith(n + ".", StringComparison.Ordinal))))
            yield return $"{file.Path} uses {name}.";
        foreach (var name in file.TypeNames.Where(n => s_types.Contains(n.Identifier.Text)))
            yield return $"{file.At(name)} uses {name.Identifier.Text}.";
        foreach (var node in file.Root.DescendantNodes())
        {
            if (node is LockStatementSyntax) yield return $"{file.At(node)} locks.";
            if (node is not MemberAccessExpressionSyntax access) continue;
            var last = access.Name.Identifier.Text;
            var text = LastName(access.Expression) + "." + last;
            if (last == "ConfigureAwait" || s_members.Contains(text)) yield return $"{file.At(node)} uses {text}.";
        }
    }

    private static string LastName(ExpressionSyntax expression) => expression.ToString() is var text ? text[(text.LastIndexOf('.') + 1)..] : "";

    private static Plant Planted(string statement) => new("src/Grains/Planted.cs", $"class Planted {{ async Task Do(Task call) {{ {statement} }} }}");
}
