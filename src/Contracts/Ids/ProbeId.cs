// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Serialization;

namespace Tci.Contracts;

/// <summary>Names a probe, for example <c>local</c>.</summary>
[JsonConverter(typeof(IdConverter<ProbeId>))]
public readonly record struct ProbeId(string Value) : IId<ProbeId>
{
    /// <summary>The grain key, <c>probe-local</c>.</summary>
    [JsonIgnore]
    public string Key => "probe-" + Value;

    public static ProbeId FromKey(string key) => new(key["probe-".Length..]);

    public static bool TryParse(string? text, out ProbeId id)
    {
        id = new(text ?? "");
        return IdText.IsPart(text);
    }

    public override string ToString() => Value;
}
