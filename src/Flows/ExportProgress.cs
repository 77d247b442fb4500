// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows;

/// <summary>Where an export stands.</summary>
/// <param name="Packets">Packets read.</param>
/// <param name="Bytes">Bytes of input read, of <paramref name="TotalBytes"/>.</param>
/// <param name="TotalBytes">Size of all inputs in bytes; 0 when it is not known.</param>
/// <param name="Flows">Flows written.</param>
/// <param name="Elapsed">Time since the start.</param>
public readonly record struct ExportProgress(long Packets, long Bytes, long TotalBytes, long Flows, TimeSpan Elapsed)
{
    /// <summary>Part of the input that was read, 0 to 1; null when the size is not known.</summary>
    public double? Share => TotalBytes > 0 ? Math.Min(1.0, (double)Bytes / TotalBytes) : null;

    /// <summary>Estimate from the pace so far; null while there is none.</summary>
    public TimeSpan? Remaining => Share is > 0.001 ? Elapsed * ((1 - Share.Value) / Share.Value) : null;
}
