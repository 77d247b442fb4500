// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;

namespace Tci.Contracts;

/// <summary>
/// What a call to an entity returns: a value, or the problem that stood in its way. Expected failures travel as
/// values because exceptions lose their type between hosts.
/// </summary>
public sealed record Answer<T>(T? Value, Problem? Problem)
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Ok => Problem is null && Value is not null;

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Problem problem) => new(default, problem);
}

/// <summary>A value that says only that it went well.</summary>
public sealed record Nothing
{
    public static readonly Nothing Value = new();
}
