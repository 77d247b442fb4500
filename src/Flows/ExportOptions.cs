// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows;

/// <summary>How flows are made. The defaults are ipfixprobe's.</summary>
public sealed record ExportOptions
{
    /// <summary>The most threads an export takes.</summary>
    public const int MaxThreads = 64;

    /// <summary>Compatible with ipfixprobe 4.16, or right where it is not.</summary>
    public ExportMode Mode { get; init; } = ExportMode.Full;

    /// <summary>Which plugins run; their columns keep their order.</summary>
    public FlowPlugins Plugins { get; init; } = FlowPlugins.All;

    /// <summary>Whose columns are written.</summary>
    public ColumnSet Columns { get; init; } = ColumnSet.Version4;

    /// <summary>The value of the LINK_BIT_FIELD column: which exporter, or which link, the flows come from.</summary>
    public ulong LinkBitField { get; init; } = 1;

    /// <summary>Flows kept at one time; a power of two, at least 16. A full line of the table exports a flow early.</summary>
    public int FlowCapacity { get; init; } = 131_072;

    /// <summary>A flow without a packet for so many whole seconds ends.</summary>
    public int InactiveTimeoutSeconds { get; init; } = 30;

    /// <summary>A flow that began so many whole seconds ago ends, and another begins.</summary>
    public int ActiveTimeoutSeconds { get; init; } = 300;

    /// <summary>
    /// Cores to use, 1 to 64. Each reads the inputs and takes the flows whose key falls to it; rows are those of one core while no
    /// flow is displaced, for the table is shared out. Only inputs that can be read more than once are read by several.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range; the message names it.</exception>
    internal void Check()
    {
        if (FlowCapacity < 16 || !System.Numerics.BitOperations.IsPow2(FlowCapacity))
            throw new ArgumentOutOfRangeException(nameof(FlowCapacity), FlowCapacity, "The number of flows must be a power of two of at least 16.");
        ArgumentOutOfRangeException.ThrowIfLessThan(InactiveTimeoutSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ActiveTimeoutSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, MaxThreads);
    }
}
