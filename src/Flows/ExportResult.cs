// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows;

/// <summary>What an export did.</summary>
/// <param name="Packets">Packets read.</param>
/// <param name="PacketsWithoutFlow">Of these, packets that belong to no flow: not IP, broken, or cut off inside a header.</param>
/// <param name="Flows">Flows written.</param>
/// <param name="Elapsed">Time taken.</param>
/// <param name="Problems">Damaged inputs; empty when all were read to their end.</param>
public sealed record ExportResult(long Packets, long PacketsWithoutFlow, long Flows, TimeSpan Elapsed, IReadOnlyList<InputProblem> Problems);
