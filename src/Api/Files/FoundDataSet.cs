// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>What a job left to download, or why there is nothing.</summary>
internal sealed record FoundDataSet(DataSet? Value, ProblemResult? Refusal)
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Refusal is null && Value is not null;
}
