// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests;

/// <summary>The captures of real clients in tests/golden/captures: what every exporter must find in them.</summary>
[TestClass]
public sealed class GoldenCaptureTests
{
    [TestMethod]
    [DynamicData(nameof(Captures))]
    public void Every_capture_is_whole_small_and_listed(string name)
    {
        var (flows, result) = Export(name);
        Assert.IsEmpty(result.Problems);
        Assert.AreEqual(0, result.PacketsWithoutFlow);
        Assert.AreEqual(result.Packets, flows.Rows.Sum(row => int.Parse(row["PACKETS"]) + int.Parse(row["PACKETS_REV"])));
        Assert.IsLessThan(60_000, new FileInfo(PathOf(name)).Length);
        Assert.Contains($"| {name} |", File.ReadAllText(Path.Combine(Folder(), "README.md")));
    }

    [TestMethod]
    [DataRow("http.pcap", "HTTP_REQUEST_URL", "/ /cookie /form /missing /old /page")]
    [DataRow("http.pcap", "HTTP_REQUEST_METHOD", "GET POST")]
    [DataRow("http.pcap", "HTTP_RESPONSE_STATUS_CODE", "200 301 404")]
    [DataRow("http.pcap", "HTTP_RESPONSE_SET_COOKIE_NAMES", "session;theme")]
    [DataRow("tls12.pcap", "TLS_SNI", "example.test www.example.test")]
    [DataRow("tls12.pcap", "TLS_ALPN", "h2 http/1.1")]
    [DataRow("tls12.pcap", "TLS_VERSION", "771")]
    [DataRow("tls13.pcap", "TLS_SNI", "example.test www.example.test")]
    [DataRow("dns-udp.pcap", "DNS_QTYPE", "1 12 15 16 28 33")]
    [DataRow("dns-udp.pcap", "DNS_RCODE", "3")]
    [DataRow("dns-tcp.pcap", "DNS_NAME", "long.example.test www.example.test")]
    [DataRow("ipv6.pcap", "PROTOCOL", "17 58 6")]
    [DataRow("ipv6.pcap", "TLS_SNI", "www.example.test")]
    public void Columns_hold_what_the_clients_did(string name, string column, string values)
    {
        var found = Export(name).Flows.Rows.Select(row => row[column]).Where(value => value is not ("" or "0")).Distinct().Order(StringComparer.Ordinal);
        Assert.AreEqual(values, string.Join(' ', found));
    }

    [TestMethod]
    public void Fragments_are_counted_to_the_flow_of_the_first()
    {
        var answers = Export("fragments.pcap").Flows.Rows.Where(row => row["PROTOCOL"] == "17" && row["SRC_PORT"] == "53").ToList();
        // The DNS plugin ends a flow at the message; the later fragment is a flow of its own with the same ports.
        Assert.IsTrue(answers.All(row => row["DST_PORT"] != "0"), "a later fragment has its first one's ports");
        Assert.HasCount(4, answers);
    }

    public static IEnumerable<object[]> Captures() => Directory.EnumerateFiles(Folder(), "*.pcap").Select(path => new object[] { Path.GetFileName(path) });

    public static string PathOf(string name) => Path.Combine(Folder(), name);

    private static (FlowFile Flows, ExportResult Result) Export(string name)
    {
        using var output = new TempFolder();
        var result = FlowExporter.Run([PathOf(name)], output.Path);
        return (FlowFile.Load(output["flow.csv"]), result);
    }

    private static string Folder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
            at = at.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        return Path.Combine(at.FullName, "tests", "golden", "captures");
    }
}
