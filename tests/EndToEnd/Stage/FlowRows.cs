// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.EndToEnd.Stage;

/// <summary>Reads flow.csv by its form (docs/formats/flow-csv.md); text that holds commas or quotes is not split rightly, and no test makes any.</summary>
public static class FlowRows
{
    public static List<Dictionary<string, string>> Of(string csv)
    {
        var lines = csv.TrimEnd('\n').Split('\n');
        var names = lines[0].Split(',').Select(c => c.Split(' ')[1]).ToArray();
        return [.. lines.Skip(1).Select(l => names.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second))];
    }

    /// <summary>Protocol, source port, destination port and packets from the source, as one text.</summary>
    public static string Key(Dictionary<string, string> row) => $"{row["PROTOCOL"]} {row["SRC_PORT"]}>{row["DST_PORT"]} x{row["PACKETS"]}";
}
