// SPDX-License-Identifier: BSD-3-Clause
using Spectre.Console;
using Tci.Flows.Index;

namespace Tci.FlowsCli.Commands;

/// <summary>A page of flows for people: the columns one looks at first.</summary>
internal static class FlowPageTable
{
    private static readonly string[] s_names = ["TLS_SNI", "QUIC_SNI", "HTTP_REQUEST_HOST", "DNS_NAME"];

    public static void Write(FlowTableReader reader, FlowPage page, TextWriter output)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in new[] { "row", "first (UTC)", "source", "destination", "protocol" })
            table.AddColumn(new TableColumn(heading).NoWrap());
        foreach (var heading in new[] { "packets", "bytes" })
            table.AddColumn(new TableColumn(heading).NoWrap().RightAligned());
        table.AddColumn(new TableColumn("name"));
        foreach (var row in page.Rows)
            table.AddRow([.. Cells(new Named(reader, row)).Select(Markup.Escape)]);
        PlainConsole.Write(output, table);
        output.WriteLine($"{page.Matching} of {reader.Rows} flows match" + (page.Next is { } next ? $"; the next page: --start {next}" : ""));
    }

    private static string[] Cells(Named row) =>
    [
        row.Number,
        row["TIME_FIRST"],
        End(row["SRC_IP"], row["SRC_PORT"]),
        End(row["DST_IP"], row["DST_PORT"]),
        row["PROTOCOL"] switch { "1" => "icmp", "6" => "tcp", "17" => "udp", "58" => "icmp6", var other => other },
        Sum(row["PACKETS"], row["PACKETS_REV"]),
        Sum(row["BYTES"], row["BYTES_REV"]),
        s_names.Select(name => row[name]).FirstOrDefault(name => name.Length > 0) ?? "",
    ];

    private static string End(string address, string port) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]:{port}" : $"{address}:{port}";

    private static string Sum(string forward, string reverse) =>
        ulong.TryParse(forward, out var a) && ulong.TryParse(reverse, out var b) ? (a + b).ToString() : "";

    /// <summary>A row's cells by name; empty for a column that the file lacks.</summary>
    private sealed class Named(FlowTableReader reader, FlowTableRow row)
    {
        public string Number => row.Number.ToString();

        public string this[string name]
        {
            get
            {
                for (var i = 0; i < reader.Columns.Count; i++)
                {
                    if (reader.Columns[i].Name == name)
                        return row.Cells[i];
                }
                return "";
            }
        }
    }
}
