// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Flows;

/// <summary>The table of flows that a request means, or why it means none.</summary>
internal sealed record FoundTable(DataSetFile? File, ProblemResult? Refusal)
{
    [MemberNotNullWhen(true, nameof(File))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Refusal is null && File is not null;
}
