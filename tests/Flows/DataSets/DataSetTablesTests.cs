// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.DataSets;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.DataSets;

[TestClass]
public sealed class DataSetTablesTests
{
    private readonly TempFolder folder = new();

    [TestCleanup]
    public void Remove() => folder.Dispose();

    [TestMethod]
    public void Tables_are_distinct_sorted_and_proper_csv()
    {
        FlowExporter.Run([folder.Write("a.pcap", SmallCapture.Of("b.test", "x \"y\", z").ToArray())], folder["a"]);
        FlowExporter.Run([folder.Write("b.pcap", SmallCapture.Of("a.test").ToArray())], folder["b"]);
        DataSetTables.Write([folder["a/flow.csv"], folder["b/flow.csv"], folder["a/flow.csv"]], folder.Path, new SystemLabels("linux", "deb,ian", "12"));
        Assert.AreEqual(
            """
            os_family,os_type,os_version,user-agent,host,uri
            linux,"deb,ian",12,"x ""y"", z",b.test,/x
            linux,"deb,ian",12,a/1,a.test,/x

            """.ReplaceLineEndings("\n"),
            folder.Read("http.csv"));
        Assert.AreEqual("os_family,os_type,os_version,DNS_NAME\nlinux,\"deb,ian\",12,a.test\nlinux,\"deb,ian\",12,b.test\n", folder.Read("dns.csv"));
        var tls = folder.Read("tls.csv").Split('\n');
        Assert.AreEqual("os_family,os_type,os_version,TLS_VERSION,TLS_ALPN,TLS_JA3,TLS_SNI", tls[0]);
        StringAssert.Matches(tls[1], new("^linux,\"deb,ian\",12,771,,[0-9a-f]{32},a.test$"));
        Assert.HasCount(4, tls);
    }

    [TestMethod]
    public void Requests_without_one_of_the_three_and_rows_without_tls_are_left_out()
    {
        const string Csv = "uint16 TLS_VERSION,string HTTP_REQUEST_AGENT,string HTTP_REQUEST_HOST,string HTTP_REQUEST_URL,string TLS_ALPN,bytes TLS_JA3,string TLS_SNI\n"
            + "0,\"a\",\"\",\"/\",\"\",,\"\"\n"
            + "0,\"a\",\"h\",\"/\",\"h2\",,\"\"\n";
        DataSetTables.Write([folder.Write("flow.csv", Csv)], folder.Path, new SystemLabels());
        Assert.AreEqual("os_family,os_type,os_version,user-agent,host,uri\n,,,a,h,/\n", folder.Read("http.csv"));
        Assert.EndsWith("TLS_SNI\n,,,0,h2,,\n", folder.Read("tls.csv"));
        // The file has no DNS at all.
        Assert.AreEqual("os_family,os_type,os_version,DNS_NAME\n", folder.Read("dns.csv"));
    }

    [TestMethod]
    public void A_damaged_flow_csv_is_named_and_the_old_tables_stay()
    {
        folder.Write("http.csv", "old");
        var path = folder.Write("flow.csv", "string DNS_NAME\n\"a\n");
        var error = Assert.ThrowsExactly<InvalidDataException>(() => DataSetTables.Write([path], folder.Path, new SystemLabels()));
        Assert.StartsWith($"{path}: Row 1 at byte 16", error.Message);
        Assert.AreEqual("old", folder.Read("http.csv"));
    }

    [TestMethod]
    public void A_capture_without_flows_gives_headers_only()
    {
        FlowExporter.Run([folder.Write("a.pcap", new PcapFile().ToArray())], folder.Path);
        DataSetTables.Write([folder["flow.csv"]], folder.Path, new SystemLabels("f", "t", "v"));
        Assert.AreEqual("os_family,os_type,os_version,DNS_NAME\n", folder.Read("dns.csv"));
    }
}
