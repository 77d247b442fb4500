// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Merging;

/// <summary>What a merge did.</summary>
/// <param name="Packets">Written.</param>
/// <param name="Cuts">The files whose end was not usable, and is not in the output.</param>
public sealed record MergeResult(long Packets, IReadOnlyList<MergeCut> Cuts);

/// <summary>The end of a file that was left out: a record that breaks off, as a killed engine leaves it, or one that cannot be.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">Where the left-out part begins, bytes.</param>
/// <param name="Bytes">How long it is.</param>
public sealed record MergeCut(string Path, long Offset, long Bytes);
