// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Index;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Index;

[TestClass]
public sealed class FlowTableReaderTests
{
    // More than two blocks, and no multiple of anything.
    private const int Rows = 40_003;

    private static FlowTableFolder s_folder = null!;
    private static PlainScan s_scan = null!;

    [ClassInitialize]
    public static void Make(TestContext _)
    {
        s_folder = FlowTableFolder.Random(Rows, seed: 6);
        s_scan = new PlainScan(s_folder.Csv);
        Assert.AreEqual(Rows, FlowIndex.Build(s_folder.Path));
    }

    [ClassCleanup]
    public static void Remove() => s_folder.Dispose();

    [TestMethod]
    [DataRow(FlowOrder.Row)]
    [DataRow(FlowOrder.Time)]
    [DataRow(FlowOrder.Duration)]
    [DataRow(FlowOrder.Bytes)]
    [DataRow(FlowOrder.Packets)]
    [DataRow(FlowOrder.Source)]
    [DataRow(FlowOrder.Destination)]
    [DataRow(FlowOrder.SourcePort)]
    [DataRow(FlowOrder.DestinationPort)]
    public void Pages_in_every_order_equal_a_plain_scan(FlowOrder order)
    {
        foreach (var descending in new[] { false, true })
            CollectionAssert.AreEqual(s_scan.Matching(_ => true, order, descending), All(new FlowQuery { Order = order, Descending = descending, Limit = 9999 }));
    }

    [TestMethod]
    [DynamicData(nameof(Conditions))]
    public void Filtered_pages_equal_a_plain_scan(string[] where, Func<Dictionary<string, string>, bool> plain)
    {
        var query = new FlowQuery { Where = [.. where.Select(FlowCondition.Parse)], Order = FlowOrder.Bytes, Descending = true, Limit = 4999 };
        var expected = s_scan.Matching(plain, FlowOrder.Bytes, descending: true);
        Assert.IsGreaterThan(0, expected.Count, "a condition that nothing meets proves nothing");
        Assert.IsLessThan(Rows, expected.Count);
        CollectionAssert.AreEqual(expected, All(query));
    }

    public static IEnumerable<(string[] Where, Func<Dictionary<string, string>, bool> Plain)> Conditions()
    {
        yield return (["dst_port=443"], row => row["DST_PORT"] == "443");
        yield return (["port=53"], row => row["DST_PORT"] == "53" || row["SRC_PORT"] == "53");
        yield return (["port!=53"], row => row["DST_PORT"] != "53" && row["SRC_PORT"] != "53");
        yield return (["src_port<52"], row => int.Parse(row["SRC_PORT"]) < 52);
        yield return (["protocol=tcp", "src_port>=54"], row => row["PROTOCOL"] == "6" && int.Parse(row["SRC_PORT"]) >= 54);
        yield return (["src=10.1.0.0/16"], row => row["SRC_IP"].StartsWith("10.1.", StringComparison.Ordinal));
        yield return (["addr=2001:db8::/127"], row => new[] { row["SRC_IP"], row["DST_IP"] }.Any(address => address is "2001:db8::" or "2001:db8::1"));
        yield return (["dst!=10.0.0.0/8"], row => row["DST_IP"].Contains(':', StringComparison.Ordinal));
        yield return (["bytes>2147483647000"], row => PlainScan.Sum(row, "BYTES") > 2147483647000);
        yield return (["packets<=2"], row => PlainScan.Sum(row, "PACKETS") <= 2);
        yield return (["time>=2024-07-01T12:00:02.5", "time<2024-07-01T12:00:03Z"], row => string.CompareOrdinal(row["TIME_FIRST"], "2024-07-01T12:00:02.5") >= 0 && string.CompareOrdinal(row["TIME_FIRST"], "2024-07-01T12:00:03") < 0);
        yield return (["end>2024-07-01T12:00:08"], row => string.CompareOrdinal(row["TIME_LAST"], "2024-07-01T12:00:08.000000") > 0);
        yield return (["duration=0"], row => PlainScan.Duration(row) == 0);
        yield return (["duration>1.25"], row => PlainScan.Duration(row) > 1.25);
        yield return (["name~EXAMPLE"], row => (row["DNS_NAME"] + row["TLS_SNI"]).Contains("example", StringComparison.OrdinalIgnoreCase));
        yield return (["name=example.com"], row => row["DNS_NAME"] == "Example.COM" || row["TLS_SNI"] == "Example.COM");
        yield return (["name!=b"], row => row["DNS_NAME"] != "b" && row["TLS_SNI"] != "b");
        yield return (["name~\"quoted\","], row => (row["DNS_NAME"] + row["TLS_SNI"]).Contains("\"quoted\",", StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_row_has_its_cells_and_its_text()
    {
        using var reader = FlowTableReader.Open(s_folder.Path);
        var row = reader.Query(new FlowQuery { Start = 12_345, Limit = 1 }).Rows.Single();
        Assert.AreEqual(12_345, row.Number);
        Assert.AreEqual(File.ReadLines(s_folder.Csv).ElementAt(12_346), row.Text);
        var expected = FlowFile.Load(s_folder.Csv).Rows[12_345];
        CollectionAssert.AreEqual(expected.Values.ToArray(), row.Cells.ToArray());
        Assert.AreEqual("ipaddr DST_IP", $"{reader.Columns[0].Type} {reader.Columns[0].Name}");
    }

    [TestMethod]
    public void Values_beyond_a_column_match_nothing()
    {
        Assert.IsEmpty(All(new FlowQuery { Where = [FlowCondition.Parse("port>=65536")] }));
        Assert.IsEmpty(All(new FlowQuery { Where = [FlowCondition.Parse("bytes<0")] }));
        Assert.HasCount(Rows, All(new FlowQuery { Where = [FlowCondition.Parse("protocol!=256")], Limit = 9999 }));
    }

    [TestMethod]
    public void Limits_and_starts_outside_their_range_are_refused()
    {
        using var reader = FlowTableReader.Open(s_folder.Path);
        Assert.ThrowsExactly<ArgumentException>(() => reader.Query(new FlowQuery { Limit = 0 }));
        Assert.ThrowsExactly<ArgumentException>(() => reader.Query(new FlowQuery { Limit = FlowQuery.LimitMax + 1 }));
        Assert.ThrowsExactly<ArgumentException>(() => reader.Query(new FlowQuery { Start = Rows + 1 }));
    }

    /// <summary>All pages of a query, checked for what every page promises.</summary>
    private static List<int> All(FlowQuery query)
    {
        using var reader = FlowTableReader.Open(s_folder.Path);
        var numbers = new List<int>();
        FlowPage page;
        do
        {
            page = reader.Query(query);
            numbers.AddRange(page.Rows.Select(row => (int)row.Number));
            Assert.IsTrue(page.Next is null || page.Rows.Count == query.Limit);
            query = query with { Start = page.Next ?? 0 };
        }
        while (page.Next is not null);
        Assert.AreEqual(page.Matching, numbers.Count);
        return numbers;
    }
}
