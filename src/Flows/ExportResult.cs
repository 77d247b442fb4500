// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows;

/// <summary>What an export did.</summary>
/// <param name="Packets">Packets read.</param>
/// <param name="PacketsWithoutFlow">Of these, packets that belong to no flow: not IP, broken, or cut off inside a header.</param>
/// <param name="Flows">Flows written.</param>
/// <param name="Elapsed">Time taken.</param>
/// <param name="Problems">Damaged inputs; empty when all were read to their end.</param>
public sealed record ExportResult(long Packets, long PacketsWithoutFlow, long Flows, TimeSpan Elapsed, IReadOnlyList<InputProblem> Problems)
{
    /// <summary>
    /// Full mode: handshakes, header blocks and DNS messages over several packets that were not read, because pieces were
    /// missing when their flow ended, or because they went beyond what is kept of one flow or of all.
    /// </summary>
    public long StreamsGivenUp { get; init; }
}
