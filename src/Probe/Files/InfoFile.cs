// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tci.Probe.Engine;

namespace Tci.Probe.Files;

/// <summary>
/// info.json, the description of a capture in the idle-OS data set layout: keys and order are the layout's, what is not known is null.
/// </summary>
internal sealed record InfoFile
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'+0000'";

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string? VmName { get; init; }

    public string? Source { get; init; }

    public string? Link { get; init; }

    public string? Hash { get; init; }

    public string? VagrantBox { get; init; }

    public string? OsFamily { get; init; }

    public string? OsType { get; init; }

    public string? OsVersion { get; init; }

    [JsonPropertyName("IPv4")]
    public string? Ipv4 { get; init; }

    [JsonPropertyName("MAC")]
    public string? Mac { get; init; }

    public string? StartTime { get; init; }

    public string? EndTime { get; init; }

    /// <summary>What the engine's summary tells of the source and the times; null where there is no summary.</summary>
    public static InfoFile Of(SummaryFile? summary) => new()
    {
        Ipv4 = summary?.Source?.Interface?.Addresses?.FirstOrDefault(address => address.Contains('.', StringComparison.Ordinal))?.Split('/')[0],
        Mac = summary?.Source?.Interface?.Mac,
        StartTime = UnixTime.Instant(summary?.Times.StartUnixNs)?.ToString(TimeFormat),
        EndTime = UnixTime.Instant(summary?.Times.StopUnixNs ?? summary?.Times.EndedUnixNs)?.ToString(TimeFormat),
    };

    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, s_options), (byte)'\n'];
}
