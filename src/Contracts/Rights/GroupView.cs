// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What a group holds.</summary>
public enum GroupKind
{
    Accounts,
    Points,
}

/// <param name="Members">Names of accounts, or ids of points; they need not exist yet.</param>
/// <param name="Version">Grows by one with every change.</param>
public sealed record GroupView(string Name, IReadOnlyList<string> Members, int Version);
