// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Index;

/// <summary>Where the making of an index stands.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Share">Part of the work that is done, 0 to 1; an estimate.</param>
public readonly record struct FlowIndexProgress(long Rows, double Share);
