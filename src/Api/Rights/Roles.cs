// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Frozen;
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>Named sets of capabilities (docs/operating/rights.md).</summary>
public static class Roles
{
    public const string Administrator = "administrator";

    /// <summary>By name, the least first.</summary>
    public static readonly IReadOnlyList<(string Name, IReadOnlyList<Capability> Capabilities)> All =
    [
        ("viewer", [Capability.See]),
        ("member", [Capability.Create]),
        ("operator", [Capability.See, Capability.Create]),
        ("analyst", [Capability.See, Capability.Create, Capability.RawData]),
        ("reviewer", [Capability.See, Capability.RawData, Capability.Review]),
        ("responder", [Capability.See, Capability.Create, Capability.CancelOthers, Capability.RawData, Capability.LongPayload, Capability.WithoutAnonymisation]),
        ("maintainer", [Capability.See, Capability.ManagePoints, Capability.ManageProcessors]),
        (Administrator, Enum.GetValues<Capability>()),
    ];

    private static readonly FrozenDictionary<string, IReadOnlyList<Capability>> s_byName = All.ToFrozenDictionary(r => r.Name, r => r.Capabilities);

    /// <summary>A role this program does not know (of a newer one) may nothing.</summary>
    public static IReadOnlyList<Capability> Of(string name) => s_byName.TryGetValue(name, out var capabilities) ? capabilities : [];

    public static bool Knows(string name) => s_byName.ContainsKey(name);
}
