// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;

namespace Tci.Probe.Processing;

/// <summary>Reads progress lines such as <c>{"share":0.25}</c>.</summary>
internal static class RunProgress
{
    /// <summary>The share, 0 to 1; null for a line that tells none.</summary>
    public static double? Share(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("share", out var share)
                && share.ValueKind == JsonValueKind.Number
                && share.TryGetDouble(out var value)
                ? Math.Clamp(value, 0, 1)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
