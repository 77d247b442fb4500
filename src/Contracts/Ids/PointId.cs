// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Serialization;

namespace Tci.Contracts;

/// <summary>Names a capture point as <c>probe/name</c>, for example <c>local/eth0</c>.</summary>
[JsonConverter(typeof(IdConverter<PointId>))]
public readonly record struct PointId(string Value) : IId<PointId>
{
    public PointId(ProbeId probe, string name) : this(probe.Value + "/" + name)
    {
    }

    [JsonIgnore]
    public ProbeId Probe => new(Value[..Value.IndexOf('/', StringComparison.Ordinal)]);

    [JsonIgnore]
    public string Name => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public static bool TryParse(string? text, out PointId id)
    {
        id = new(text ?? "");
        return IdText.IsPair(text);
    }

    public override string ToString() => Value;
}
