// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Peers;

/// <summary>NEMEA's own reader takes our files: logreplay reads one, logger writes what it was sent.</summary>
[TestClass]
public sealed class LogreplayTests
{
    private readonly TempFolder folder = new();

    [TestCleanup]
    public void Remove() => folder.Dispose();

    [TestMethod]
    public void A_file_of_compatible_mode_comes_back_to_the_byte()
    {
        var nemea = Nemea.Logreplay();
        var path = Export(new ExportOptions { Mode = ExportMode.Compatible }, Golden());
        nemea.Replay(path, folder["again.csv"]);
        CollectionAssert.AreEqual(File.ReadAllBytes(path), File.ReadAllBytes(folder["again.csv"]));
    }

    /// <summary>The logger puts columns in an order of its own, so the values are compared by name.</summary>
    [TestMethod]
    public void The_columns_of_full_mode_are_read_as_well()
    {
        var nemea = Nemea.Logreplay();
        var path = Export(new ExportOptions(), Golden());
        nemea.Replay(path, folder["again.csv"]);
        FlowFile flows = FlowFile.Load(path), again = FlowFile.Load(folder["again.csv"]);
        CollectionAssert.AreEquivalent(flows.Header.Split(','), again.Header.Split(','));
        CollectionAssert.AreEqual(Texts(flows), Texts(again));
    }

    [TestMethod]
    public void Quotes_commas_and_other_bytes_in_texts_come_back()
    {
        var nemea = Nemea.Logreplay();
        var file = new PcapFile();
        string[] agents = ["a \"quoted\", agent", ",", "\"", "\"\"", "tab\there", "line\\n", "\u00e9\u0001", "", new string('"', 130)];
        foreach (var (agent, i) in agents.Select((agent, i) => (agent, i)))
            file.Add(i, Frames.TcpFrame(4000 + i, 80, 0x18, $"GET /{i},\" HTTP/1.1\r\nHost: h\r\nUser-Agent: {agent}\r\n\r\n"));
        var path = Export(new ExportOptions { Mode = ExportMode.Compatible }, folder.Write("texts.pcap", file.ToArray()));
        Assert.HasCount(agents.Length, FlowFile.Load(path).Rows);
        nemea.Replay(path, folder["again.csv"]);
        CollectionAssert.AreEqual(File.ReadAllBytes(path), File.ReadAllBytes(folder["again.csv"]));
    }

    private static string[] Golden() => [.. GoldenCaptureTests.Captures().Select(row => GoldenCaptureTests.PathOf((string)row[0]))];

    private string Export(ExportOptions options, params string[] captures)
    {
        FlowExporter.Run(captures, folder.Path, options);
        return folder[FlowExporter.FileName];
    }

    private static List<string> Texts(FlowFile file) =>
        [.. file.Rows.Select(row => string.Join(';', row.OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{cell.Key}={cell.Value}")))];
}
