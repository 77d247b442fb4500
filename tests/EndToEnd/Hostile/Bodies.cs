// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json.Nodes;

namespace Tci.EndToEnd.Hostile;

/// <summary>Request bodies of a schema: right ones, nearly right ones, and such that are nothing of the kind.</summary>
public sealed class Bodies(ApiDescription api, Random chance)
{
    private const int DepthMax = 6;
    private readonly Odd _odd = new(chance);

    public byte[] For(Operation operation) => chance.Next(10) switch
    {
        0 => Encoding.UTF8.GetBytes(_odd.Json()),
        1 => _odd.Damage(operation.BodyExample?.ToJsonString() ?? "{}"),
        2 or 3 or 4 => Encoding.UTF8.GetBytes(operation.BodyExample?.ToJsonString() ?? "{}"),
        _ => Encoding.UTF8.GetBytes(Value(operation.Body, chance.Next(2) == 0 ? 0 : 12, 0)),
    };

    /// <param name="oddPercent">How often a value is something else than the schema says.</param>
    private string Value(JsonNode? named, int oddPercent, int depth)
    {
        if (chance.Next(100) < oddPercent) return _odd.Json();
        var schema = api.Resolve(named);
        if (schema is null || depth > DepthMax) return "null";
        if (schema["oneOf"] is JsonArray one) return Value(one[chance.Next(one.Count)], oddPercent, depth + 1);
        if (schema["enum"] is JsonArray names) return names[chance.Next(names.Count)]?.ToJsonString() ?? "null";
        return Type(schema) switch
        {
            "object" => Object(schema, oddPercent, depth),
            "array" => $"[{string.Join(',', Enumerable.Range(0, chance.Next(4)).Select(_ => Value(schema["items"], oddPercent, depth + 1)))}]",
            "integer" => chance.Next(3) == 0 ? _odd.Number() : chance.Next(100).ToString(),
            "number" => _odd.Number(),
            "boolean" => chance.Next(2) == 0 ? "true" : "false",
            "null" => "null",
            _ => Text(schema),
        };
    }

    private string Type(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => (string)several[chance.Next(several.Count)]!,
        { } one => (string)one!,
        null => "string",
    };

    private string Object(JsonNode schema, int oddPercent, int depth)
    {
        var members = new List<string>();
        var required = schema["required"]?.AsArray().Select(r => (string)r!).ToHashSet() ?? [];
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            if (!required.Contains(name) && chance.Next(2) == 0) continue;
            members.Add($"{Odd.Quoted(name)}:{Value(member, oddPercent, depth + 1)}");
            // A key that is there twice, and one that nobody knows.
            if (chance.Next(100) < oddPercent) members.Add(members[chance.Next(members.Count)]);
            if (chance.Next(100) < oddPercent) members.Add($"{Odd.Quoted(_odd.Text())}:{_odd.Json()}");
        }

        if (schema["additionalProperties"] is JsonObject each)
            members.AddRange(Enumerable.Range(0, chance.Next(4)).Select(i => $"{Odd.Quoted(chance.Next(3) == 0 ? _odd.Text() : $"k{i}")}:{Value(each, oddPercent, depth + 1)}"));
        return $"{{{string.Join(',', members)}}}";
    }

    private string Text(JsonNode schema)
    {
        if (chance.Next(4) == 0) return Odd.Quoted(_odd.Text());
        var pattern = (string?)schema["pattern"] ?? "";
        if (pattern.StartsWith("^job-", StringComparison.Ordinal)) return "\"job-none\"";
        if (pattern.Contains(")/[", StringComparison.Ordinal) || pattern.Contains("}/[", StringComparison.Ordinal)) return _odd.Pick(["\"local/lo\"", "\"local/none\"", "\"none/none\"", "\"local/replay\""]);
        return (string?)schema["format"] switch
        {
            "duration" => _odd.Pick(["\"PT1S\"", "\"PT0.5S\"", "\"P40D\"", "\"PT0S\"", "\"-PT1S\""]),
            "date-time" => _odd.Pick(["\"2030-01-01T00:00:00Z\"", "\"2026-01-01T00:00:00+02:00\"", "\"1969-12-31T23:59:59Z\""]),
            _ => _odd.Pick(["\"x\"", "\"local\"", "\"flows\"", "\"udp\"", "\"afpacket:lo\""]),
        };
    }
}
