// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Probe.Presence;

/// <summary>The engine's list of sources as capture points of this probe.</summary>
internal static class SourceList
{
    /// <summary>Reads the array of <c>tci_capture_list_sources</c>. A name that cannot be a point's is left out and told.</summary>
    /// <exception cref="JsonException">It is not of that form.</exception>
    public static IReadOnlyList<ProbeSource> Read(ReadOnlySpan<byte> json, Action<string> leftOut)
    {
        var sources = new List<ProbeSource>();
        foreach (var found in JsonSerializer.Deserialize<IReadOnlyList<EngineSource>>(json, ContractJson.Options) ?? [])
        {
            if (IdText.IsPart(found.Name))
                sources.Add(new ProbeSource(found.Name, found.Source, Detail(found)));
            else
                leftOut(found.Name);
        }
        return sources;
    }

    private static string Detail(EngineSource source)
    {
        var parts = new List<string> { source.Up == true ? "up" : "down" };
        if (source.SpeedMbps is { } speed) parts.Add(speed >= 1000 ? $"{speed / 1000.0:0.#} Gb/s" : $"{speed} Mb/s");
        if (source.Loopback == true) parts.Add("loopback");
        if (source.Mac is { } mac) parts.Add(mac);
        parts.AddRange(source.Addresses ?? []);
        return string.Join(", ", parts);
    }

    private sealed record EngineSource(
        string Name, string Source, string? Mac = null, IReadOnlyList<string>? Addresses = null, bool? Up = null, bool? Loopback = null, int? SpeedMbps = null);
}
