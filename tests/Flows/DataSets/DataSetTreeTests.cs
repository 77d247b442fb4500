// SPDX-License-Identifier: BSD-3-Clause
using System.IO.Compression;
using Tci.Flows.DataSets;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.DataSets;

[TestClass]
public sealed class DataSetTreeTests
{
    private const string Linux = "linux__debian__12/2023-11-14__vagrant__debian_bookworm64";
    private const string Windows = "windows__windows_10__22H2/2024-07-01__osboxes.org__0a1b2c";

    private static readonly Dictionary<string, string> s_noLabels = [];
    private readonly TempFolder folder = new();

    [TestCleanup]
    public void Remove() => folder.Dispose();

    [TestMethod]
    public void A_tree_has_captures_systems_and_merged_tables()
    {
        Capture("in/w", SmallCapture.Of("w.test"), """{"source":"osboxes.org","hash":"sha256:0A1B2C3D","os_family":"windows","os_type":"windows_10","os_version":"22H2","start_time":"2024-07-01T12:00:00+0000"}""");
        Debian("in/d", "d.test");
        var result = Build();
        Assert.AreEqual((2, 2, 0), (result.Captures, result.Made, result.Problems.Count));
        CollectionAssert.AreEqual(
            new[]
            {
                ".tci-dataset.json",
                $"{Linux}/flow.csv", $"{Linux}/info.json", $"{Linux}/traffic.pcap",
                "linux__debian__12/dns.csv", "linux__debian__12/http.csv", "linux__debian__12/tls.csv",
                "merged_dns.csv", "merged_http.csv", "merged_tls.csv",
                $"{Windows}/flow.csv", $"{Windows}/info.json", $"{Windows}/traffic.pcap",
                "windows__windows_10__22H2/dns.csv", "windows__windows_10__22H2/http.csv", "windows__windows_10__22H2/tls.csv",
            },
            folder.Tree("tree").Keys);
        Assert.AreEqual("os_family,os_type,os_version,DNS_NAME\nlinux,debian,12,d.test\nwindows,windows_10,22H2,w.test\n", folder.Read("tree/merged_dns.csv"));
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["in/d/traffic.pcap"]), File.ReadAllBytes(folder[$"tree/{Linux}/traffic.pcap"]));
        Assert.StartsWith("{\n  \"vm_name\": null,\n  \"source\": \"vagrant\",\n  \"link\": null,\n  \"hash\": null,\n  \"vagrant_box\": \"debian/bookworm64\",\n", folder.Read($"tree/{Linux}/info.json"));
    }

    [TestMethod]
    public void Running_it_again_changes_nothing_and_a_tree_made_anew_is_the_same_to_the_byte()
    {
        Debian("in/a", "a.test");
        Debian("in/b", "b.test");
        Build();
        var first = folder.Tree("tree");
        var written = File.GetLastWriteTimeUtc(folder[$"tree/{Linux}/flow.csv"]);
        Assert.AreEqual(0, Build().Made);
        AssertSame(first, folder.Tree("tree"));
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(folder[$"tree/{Linux}/flow.csv"]));
        // From elsewhere, under names that sort the other way round.
        Directory.Move(folder["in/a"], folder["in/z"]);
        DataSetTree.Build(folder["in"], folder["other"], s_noLabels);
        AssertSame(first, folder.Tree("other"));
    }

    [TestMethod]
    public void A_further_capture_of_a_taken_name_gets_a_number_and_the_others_keep_theirs()
    {
        Debian("in/b", "b.test");
        Build();
        var flows = folder.Read($"tree/{Linux}/flow.csv");
        Debian("in/a", "a.test");
        Debian("in/c", "b.test");
        var result = Build();
        // c is the same capture as b.
        Assert.AreEqual((2, 1), (result.Captures, result.Made));
        Assert.AreEqual(flows, folder.Read($"tree/{Linux}/flow.csv"));
        Assert.Contains("a.test", folder.Read($"tree/{Linux}__1/flow.csv"));
        Assert.AreEqual("os_family,os_type,os_version,DNS_NAME\nlinux,debian,12,a.test\nlinux,debian,12,b.test\n", folder.Read("tree/merged_dns.csv"));
    }

    [TestMethod]
    public void What_is_missing_is_made_again()
    {
        Debian("in/a", "a.test");
        Build();
        var first = folder.Tree("tree");
        File.Delete(folder[$"tree/{Linux}/flow.csv"]);
        File.Delete(folder["tree/linux__debian__12/tls.csv"]);
        File.Delete(folder["tree/merged_tls.csv"]);
        // What an interrupted run leaves.
        folder.Write("tree/linux__debian__12/.2023-11-14__vagrant__debian_bookworm64.part/flow.csv", "half");
        Assert.AreEqual(1, Build().Made);
        AssertSame(first, folder.Tree("tree"));
    }

    [TestMethod]
    public void Folders_of_others_are_kept_and_merged()
    {
        folder.Write($"tree/{Linux}/flow.csv", "string DNS_NAME\n\"theirs.test\"\n");
        Debian("in/a", "ours.test");
        Build();
        Assert.AreEqual("string DNS_NAME\n\"theirs.test\"\n", folder.Read($"tree/{Linux}/flow.csv"));
        Assert.Contains("ours.test", folder.Read($"tree/{Linux}__1/flow.csv"));
        Assert.Contains("theirs.test", folder.Read("tree/merged_dns.csv"));
    }

    [TestMethod]
    public void Queues_and_compressed_captures_become_one_pcap_with_the_same_flows()
    {
        Debian("in/a", "a.test");
        var traffic = File.ReadAllBytes(folder["in/a/traffic.pcap"]);
        File.Delete(folder["in/a/traffic.pcap"]);
        folder.Write("in/a/traffic.0.0.pcap", traffic);
        folder.Write("in/a/traffic.1.0.pcap", new PcapFile(nanoseconds: true).Add(500, Frames.UdpFrame(7, 8)).ToArray());
        Build();
        var flows = folder.Read($"tree/{Linux}/flow.csv");
        Assert.HasCount(4, FlowFile.Load(folder[$"tree/{Linux}/flow.csv"]).Rows);
        FlowExporter.Run([folder[$"tree/{Linux}/traffic.pcap"]], folder["again"]);
        Assert.AreEqual(flows, folder.Read("again/flow.csv"));

        using (var output = File.Create(folder["in/a/traffic.pcap.gz"]))
        using (var encoder = new GZipStream(output, CompressionLevel.Fastest))
            encoder.Write(traffic);
        DataSetTree.Build(folder["in"], folder["unpacked"], s_noLabels);
        Assert.HasCount(3, FlowFile.Load(folder[$"unpacked/{Linux}/flow.csv"]).Rows);
    }

    [TestMethod]
    public void Damage_is_told_again_and_again()
    {
        Debian("in/a", "a.test");
        var whole = File.ReadAllBytes(folder["in/a/traffic.pcap"]);
        folder.Write("in/a/traffic.pcap", whole[..^3]);
        for (var round = 0; round < 2; round++)
        {
            var problem = Build().Problems.Single();
            Assert.AreEqual(Linux, problem.Path);
            Assert.Contains("traffic.pcap: ends inside a packet", problem.Message);
        }
        Assert.HasCount(2, FlowFile.Load(folder[$"tree/{Linux}/flow.csv"]).Rows);
    }

    [TestMethod]
    public void A_description_names_captures_anywhere_and_labels_fill_in()
    {
        folder.Write("far/x.pcap", SmallCapture.Of("x.test").ToArray());
        var json = folder.Write("set/all.json", """{"captures":[{"traffic":["../far/x.pcap"],"info":{"os_family":"linux","os_type":"debian","source":"vagrant"}}]}""");
        DataSetTree.Build(json, folder["tree"], new Dictionary<string, string> { ["os_version"] = "12", ["vagrant_box"] = "debian/bookworm64", ["source"] = "not used" });
        Assert.Contains("\"os_version\": \"12\"", folder.Read($"tree/{Linux}/info.json"));
        Assert.Contains("x.test", folder.Read("tree/merged_http.csv"));
    }

    [TestMethod]
    [DataRow("""{"os_type":"debian","os_version":"12","source":"vagrant","vagrant_box":"b"}""", "os_family is missing")]
    [DataRow("""{"os_family":"l","os_type":"d","os_version":"12","source":"s"}""", "neither vagrant_box nor hash")]
    [DataRow("""{"os_family":"l","os_type":"d","os_version":"12","source":"s","hash":"12345"}""", "neither vagrant_box nor hash")]
    [DataRow("""{"os_family":"..","os_type":"d","os_version":"12","source":"s","vagrant_box":"b"}""", "cannot be part of a folder's name")]
    [DataRow("""{"os_family":"l","os_type":"d","os_version":"12","source":"s","vagrant_box":"b","start_time":"1. 7. 2024"}""", "start_time '1. 7. 2024' is not like")]
    [DataRow("""{"os_familly":"l"}""", "there is no key 'os_familly'")]
    [DataRow("""{"os_family":7}""", "os_family is a text or null")]
    [DataRow("""[]""", "is a JSON object")]
    [DataRow("""{""", "is not JSON")]
    public void A_wrong_info_is_told_before_any_work(string info, string message)
    {
        Debian("in/good", "a.test");
        Capture("in/wrong", SmallCapture.Of("b.test"), info);
        Assert.Contains(message, Assert.ThrowsExactly<InvalidDataException>(() => Build()).Message);
        Assert.IsFalse(Directory.Exists(folder["tree"]));
    }

    [TestMethod]
    [DataRow("""{"captures":[]}""", "at least one capture")]
    [DataRow("""{"capture":[]}""", "is an object with captures, and nothing else")]
    [DataRow("""{"captures":[{"traffic":[],"info":{}}]}""", "capture 1: traffic is a list of at least one path")]
    [DataRow("""{"captures":[{"traffic":"x"}]}""", "capture 1 is an object with traffic and info")]
    [DataRow("""nothing""", "is not JSON")]
    public void A_wrong_description_is_told(string json, string message) =>
        Assert.Contains(message, Assert.ThrowsExactly<InvalidDataException>(() => DataSetTree.Build(folder.Write("d.json", json), folder["tree"], s_noLabels)).Message);

    [TestMethod]
    public void The_tree_is_not_its_own_source()
    {
        Debian("in/a", "a.test");
        Build();
        Assert.Contains("lie one in the other", Assert.ThrowsExactly<IOException>(() => DataSetTree.Build(folder["tree"], folder["tree"], s_noLabels)).Message);
        Assert.Contains("lie one in the other", Assert.ThrowsExactly<IOException>(() => DataSetTree.Build(folder["in"], folder["in/tree"], s_noLabels)).Message);
    }

    [TestMethod]
    public void A_damaged_memory_is_told()
    {
        Debian("in/a", "a.test");
        folder.Write("tree/.tci-dataset.json", "{");
        Assert.Contains("remove it if that is what you want", Assert.ThrowsExactly<InvalidDataException>(() => Build()).Message);
    }

    private static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual)
    {
        CollectionAssert.AreEqual(expected.Keys, actual.Keys);
        foreach (var (path, bytes) in expected)
            Assert.AreEqual(bytes, actual[path], path);
    }

    private DataSetResult Build() => DataSetTree.Build(folder["in"], folder["tree"], s_noLabels);

    private void Debian(string name, string host) =>
        Capture(name, SmallCapture.Of(host), """{"source":"vagrant","vagrant_box":"debian/bookworm64","os_family":"linux","os_type":"debian","os_version":"12","MAC":null}""");

    private void Capture(string name, PcapFile traffic, string info)
    {
        folder.Write($"{name}/traffic.pcap", traffic.ToArray());
        folder.Write($"{name}/info.json", info);
    }
}
