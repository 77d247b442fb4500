// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Who makes a call, and from where; always an explicit argument, never ambient.</summary>
/// <param name="Name">The account, or <c>system:…</c> for what TCI does by itself.</param>
/// <param name="From">The address the request came from, for the audit.</param>
public sealed record Caller(string Name, string From)
{
    public static readonly Caller System = new("system:tci", "internal");
}
