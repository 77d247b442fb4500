// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>How much of each connection is stored; packets behind it are counted as sampled out.</summary>
public sealed record JobCut
{
    /// <summary>Stored of each connection, both directions together, are the packets that begin within its first so many bytes on the wire; at least 1.</summary>
    public required long ConnectionBytes { get; init; }
}
