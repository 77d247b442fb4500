// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.DataSets;

/// <summary>What http.csv, tls.csv and dns.csv say of the system that was captured. Unknown ones are empty.</summary>
/// <param name="Family">os_family, such as <c>linux</c>.</param>
/// <param name="Type">os_type, such as <c>debian</c>.</param>
/// <param name="Version">os_version, such as <c>12</c>.</param>
public sealed record SystemLabels(string Family = "", string Type = "", string Version = "")
{
    /// <summary>The columns' names, and those of the labels.</summary>
    public static IReadOnlyList<string> Names { get; } = ["os_family", "os_type", "os_version"];

    internal string[] Values => [Family, Type, Version];
}
