// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>A line of TESTLIST: name, capture, options, expected rows, columns left out; separated by blanks, comments after '#'.</summary>
internal sealed record GoldenCase(string Name, string Capture, ExportOptions Options, string ExpectedFile, string[] LeftOut)
{
    public static IReadOnlyList<GoldenCase> All() =>
        [.. File.ReadLines(PathOf("TESTLIST")).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0).Select(Parse)];

    public static string PathOf(string file)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
                return Path.Combine(at.FullName, "tests", "golden", "flows", file);
        }
        throw new DirectoryNotFoundException("tests/golden/flows is not above " + AppContext.BaseDirectory);
    }

    /// <summary>Rows as comparable texts, in an order of their own.</summary>
    public static List<string> Sorted(FlowFile file, string[] leftOut) =>
        [.. file.Rows.Select(row => Text(row, leftOut)).Order(StringComparer.Ordinal)];

    public static string Text(Dictionary<string, string> row, string[] leftOut) =>
        string.Join(';', row.Where(cell => !leftOut.Contains(cell.Key)).Select(cell => $"{cell.Key}={cell.Value}"));

    public FlowFile Expected() => FlowFile.Load(ExpectedFile);

    private static GoldenCase Parse(string line)
    {
        var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var options = new ExportOptions
        {
            Mode = parts[2].Contains("full", StringComparison.Ordinal) ? ExportMode.Full : ExportMode.Compatible,
            Plugins = parts[2].Contains("without-quic", StringComparison.Ordinal) ? FlowPlugins.All & ~FlowPlugins.Quic : FlowPlugins.All,
            Columns = parts[2].Contains("columns5", StringComparison.Ordinal) ? ColumnSet.Version5 : ColumnSet.Version4,
        };
        return new GoldenCase(parts[0], PathOf(parts[1]), options, PathOf(parts[3]), parts.Length > 4 ? parts[4].Split(',') : []);
    }
}
