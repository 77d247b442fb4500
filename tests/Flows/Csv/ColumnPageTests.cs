// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.RegularExpressions;
using Tci.Flows.Csv;

namespace Tci.Flows.Tests.Csv;

/// <summary>docs/formats/flow-csv.md names every column there is, and no other.</summary>
[TestClass]
public sealed partial class ColumnPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Root(), "docs", "formats", "flow-csv.md"));

    [TestMethod]
    public void The_header_is_the_one_written()
    {
        var header = Fenced().Match(s_page).Groups[1].Value.ReplaceLineEndings("");
        Assert.AreEqual(Encoding.ASCII.GetString(ColumnList.Header(Columns(ExportMode.Compatible))).Trim(), header);
    }

    [TestMethod]
    [DataRow("basic", FlowPlugins.Basic)]
    [DataRow("basicplus", FlowPlugins.BasicPlus)]
    [DataRow("http", FlowPlugins.Http)]
    [DataRow("pstats", FlowPlugins.PacketStats)]
    [DataRow("tls", FlowPlugins.Tls)]
    [DataRow("dns", FlowPlugins.Dns)]
    [DataRow("quic", FlowPlugins.Quic)]
    public void Every_plugin_has_its_columns(string name, FlowPlugins plugin)
    {
        var basic = Columns(ExportMode.Compatible, FlowPlugins.Basic).Select(column => column.Name).ToHashSet();
        var own = Columns(ExportMode.Compatible, plugin).Select(column => column.Name).Where(column => plugin == FlowPlugins.Basic || !basic.Contains(column));
        Assert.Contains($"| {name} | {string.Join(' ', own.Select(column => $"`{column}`"))} |", s_page);
    }

    [TestMethod]
    public void Full_mode_has_the_columns_it_adds_in_their_order()
    {
        var known = Columns(ExportMode.Compatible).Length;
        var added = Columns(ExportMode.Full)[known..].Select(column => $"{column.Type} {column.Name}").ToList();
        var table = s_page[s_page.IndexOf("Columns behind the known ones", StringComparison.Ordinal)..];
        CollectionAssert.AreEqual(added, Row().Matches(table).SelectMany(row => Name().Matches(row.Value)).Select(name => name.Groups[1].Value).ToList());
    }

    private static Column[] Columns(ExportMode mode, FlowPlugins plugins = FlowPlugins.All) => ColumnList.Of(new ExportOptions { Mode = mode, Plugins = plugins });

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
            at = at.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        return at.FullName;
    }

    [GeneratedRegex(@"```\n(ipaddr [^`]*)\n```")]
    private static partial Regex Fenced();

    [GeneratedRegex(@"^\|( `\w+\*? [A-Z0-9_]+`,?)+ \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+\*? [A-Z0-9_]+)`")]
    private static partial Regex Name();
}
