// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using System.Text.Json;

namespace Tci.Store.Moves;

/// <summary>A row as a line: a JSON array of its values in the order of the columns, each a text, a whole number or null.</summary>
internal static class RowLine
{
    public static byte[] Write(DbDataReader row)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartArray();
            for (var i = 0; i < row.FieldCount; i++) WriteValue(json, row.GetValue(i));
            json.WriteEndArray();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <exception cref="FormatException">It is no such line.</exception>
    public static object?[] Read(string line, int columns)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var values = json.RootElement.EnumerateArray().Select(ReadValue).ToArray();
            return values.Length == columns ? values : throw new FormatException($"it has {values.Length} values in place of {columns}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("it is no JSON array", e);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case DBNull: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case long number: json.WriteNumberValue(number); break;
            default: throw new InvalidOperationException($"A column holds a {value.GetType().Name}; the store has texts and whole numbers only.");
        }
    }

    private static object? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        _ => throw new FormatException($"{value.GetRawText()} is neither a text, nor a whole number, nor null"),
    };
}
