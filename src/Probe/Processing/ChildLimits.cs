// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Processing;

/// <summary>What a child process may use.</summary>
/// <param name="Wall">Until it is killed.</param>
/// <param name="MemoryBytesMax">Memory it may write to (RLIMIT_DATA; RLIMIT_AS would count what .NET only reserves).</param>
/// <param name="FileBytesMax">Size of each file.</param>
/// <param name="Nice">Added to its niceness.</param>
internal sealed record ChildLimits(TimeSpan Wall, long MemoryBytesMax, long FileBytesMax, int Nice)
{
    // sh(1), ulimit: -d counts KiB, -f counts blocks of 512 bytes. A limit that cannot be set ends it before the program starts.
    private const string Script =
        "ulimit -c 0 && ulimit -t \"$1\" && ulimit -d \"$2\" && ulimit -f \"$3\" || exit 125; n=$4; shift 4; exec setsid nice -n \"$n\" \"$@\"";

    private const int StartUpSeconds = 10;

    /// <summary>Arguments of <c>/bin/sh</c> that run a program under these limits, in a session and process group of its own.</summary>
    public IEnumerable<string> Wrap(string program, IEnumerable<string> arguments) =>
    [
        "-c", Script, "tci-run",
        CpuSeconds.ToString(), (MemoryBytesMax / 1024).ToString(), (FileBytesMax / 512).ToString(), Nice.ToString(),
        program, .. arguments,
    ];

    // Only what is left if the probe is gone and cannot keep the wall time: every processor busy until then.
    private long CpuSeconds => ((long)Wall.TotalSeconds * Environment.ProcessorCount) + StartUpSeconds;
}
