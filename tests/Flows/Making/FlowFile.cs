// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Flows.Tests.Making;

/// <summary>A flow.csv read back: rows by column name, texts without their quotes.</summary>
internal sealed class FlowFile
{
    public FlowFile(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Header = lines.Length == 0 ? "" : lines[0];
        var names = Header.Split(',').Select(cell => cell.Split(' ')[^1]).ToArray();
        foreach (var line in lines.Skip(1))
            Rows.Add(names.Zip(Cells(line)).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    public string Header { get; }

    public List<Dictionary<string, string>> Rows { get; } = [];

    /// <summary>The only row's cell.</summary>
    public string this[string column] => Rows.Single()[column];

    /// <summary>A column over all rows, sorted.</summary>
    public string[] Column(string name) => [.. Rows.Select(row => row[name]).Order(StringComparer.Ordinal)];

    public static FlowFile Load(string path) => new(File.ReadAllText(path, Encoding.Latin1));

    private static IEnumerable<string> Cells(string line)
    {
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                cell.Append(line[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                yield return cell.ToString();
                cell.Clear();
            }
            else
                cell.Append(c);
        }
        yield return cell.ToString();
    }
}
