// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Tci.Contracts;

/// <summary>Durations as ISO 8601 text, <c>PT10S</c>. Years and months are refused: their length is not fixed.</summary>
public sealed class IsoDurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        if (TryParse(text, out var value)) return value;
        throw new JsonException("A duration is written as ISO 8601, for example PT10S, PT5M or PT1H30M.");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));

    /// <summary>Reads <c>PnDTnHnMnS</c> (ISO 8601-1:2019, 5.5.2) without years and months.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var date = text.Split('T')[0];
        if (text.Length is 0 or > 40 || date.Contains('Y', StringComparison.Ordinal) || date.Contains('M', StringComparison.Ordinal)) return false;
        try
        {
            value = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }
}
