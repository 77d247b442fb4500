// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json;
using Tci.Flows.Index;
using Tci.Flows.Reading;

namespace Tci.FlowsCli.Commands;

/// <summary>A page of flows as JSON: numbers as numbers, arrays as arrays, everything else as text.</summary>
internal static class FlowPageJson
{
    public static void Write(FlowTableReader reader, FlowPage page, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", reader.Rows);
            json.WriteNumber("matching", page.Matching);
            if (page.Next is { } next)
                json.WriteNumber("next", next);
            else
                json.WriteNull("next");
            json.WriteStartArray("flows");
            foreach (var row in page.Rows)
                WriteRow(json, reader.Columns, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static void WriteRow(Utf8JsonWriter json, IReadOnlyList<FlowColumn> columns, FlowTableRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("row", row.Number);
        for (var i = 0; i < columns.Count; i++)
        {
            json.WritePropertyName(columns[i].Name);
            if (columns[i].Type.EndsWith('*'))
                WriteArray(json, columns[i].Type[..^1], row.Cells[i]);
            else
                WriteValue(json, columns[i].Type, row.Cells[i]);
        }
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string type, string cell)
    {
        json.WriteStartArray();
        foreach (var value in cell.Trim('[', ']').Split('|', StringSplitOptions.RemoveEmptyEntries))
            WriteValue(json, type, value);
        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, string type, string value)
    {
        if (type.StartsWith("uint", StringComparison.Ordinal) && ulong.TryParse(value, out var number))
            json.WriteNumberValue(number);
        else if (type.StartsWith("int", StringComparison.Ordinal) && long.TryParse(value, out var signed))
            json.WriteNumberValue(signed);
        else
            json.WriteStringValue(value);
    }
}
