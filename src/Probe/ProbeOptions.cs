// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe;

/// <summary>What a capture host is told by its composition root.</summary>
public sealed record ProbeOptions
{
    public ProbeId Id { get; init; } = new("local");

    /// <summary>Holds <c>captures/</c>. Made where it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where the capture engine's launcher listens; null is <c>engine.sock</c> in the data folder. At most 107 bytes.</summary>
    public string? EngineSocket { get; init; }

    /// <summary>
    /// Holds the keys for anonymisation, a file each, made by administrators: 32 bytes or 64 hexadecimal digits, readable by the user of the captures and not by
    /// everybody. Null is <c>keys</c> in the data folder.
    /// </summary>
    public string? KeyFolder { get; init; }

    /// <summary>How often the probe says that it is there, and with which sources.</summary>
    public TimeSpan ReportPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the status pages of running captures are looked at.</summary>
    public TimeSpan WatchPeriod { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a launcher may take to answer or to start.</summary>
    public TimeSpan LaunchTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an engine may take to open its source.</summary>
    public TimeSpan ArmTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long compiling a filter may take, waiting included.</summary>
    public TimeSpan FilterTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether <c>pcap:</c> sources are read as fast as they can be instead of at the pace they were recorded.</summary>
    public bool ReplayFast { get; init; }

    /// <summary>How many captures are merged and hashed at once.</summary>
    public int CollectionsMax { get; init; } = 1;

    /// <summary>How many runs are executed at once.</summary>
    public int RunsMax { get; init; } = 2;

    /// <summary>Memory a run's process may write to, bytes.</summary>
    public long RunMemoryBytesMax { get; init; } = 2L << 30;

    /// <summary>Size of each file a run may write, bytes.</summary>
    public long RunFileBytesMax { get; init; } = 64L << 30;

    /// <summary>How little of the processor captures and servers leave to collecting and runs: a nice value, 0 to 19.</summary>
    public int BackgroundNice { get; init; } = 10;

    internal string Keys => Path.GetFullPath(KeyFolder ?? Path.Combine(DataFolder, "keys"));

    internal string Socket => Path.GetFullPath(EngineSocket ?? Path.Combine(DataFolder, "engine.sock"));

    /// <summary>Questions about flow tables that are answered at once.</summary>
    public int FlowQueriesMax { get; init; } = 2;

    /// <summary>More that wait; others are refused.</summary>
    public int FlowQueriesWaitingMax { get; init; } = 32;

    /// <summary>For each, waiting included.</summary>
    public TimeSpan FlowQueryMax { get; init; } = TimeSpan.FromSeconds(10);
}
