// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;
using Tci.FlowsCli;

namespace Tci.Flows.Tests.FlowsCli;

[TestClass]
public sealed class ProgramTests
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tci-flows-");

    [TestCleanup]
    public void Remove() => folder.Delete(recursive: true);

    [TestMethod]
    public void A_good_capture_gives_flow_csv_and_code_0()
    {
        var (code, output, errors) = Run(Write("a.pcap", Capture()), "-o", Out("deep/er"));
        Assert.AreEqual(ExitCode.Done, code, errors);
        Assert.HasCount(1, FlowFile.Load(Out("deep/er/flow.csv")).Rows);
        Assert.IsFalse(File.Exists(Out("deep/er/flow.csv.part")));
        StringAssert.Matches(errors, new("^2 packets, 1 flows, [0-9.]+ s\n$"));
        Assert.AreEqual("", output);
    }

    [TestMethod]
    public void A_damaged_capture_gives_the_part_before_it_a_message_and_code_3()
    {
        var path = Write("cut.pcap", Capture()[..^3]);
        var (code, _, errors) = Run(path, "-o", Out("x"));
        Assert.AreEqual(ExitCode.DamagedInput, code);
        Assert.Contains($"tci-flows: {path}: ends inside a packet of 43 bytes (after 1 packets, at byte 83)", errors);
        Assert.AreEqual("1", FlowFile.Load(Out("x/flow.csv"))["PACKETS"]);
    }

    [TestMethod]
    public void What_cannot_be_opened_or_written_is_code_1_and_leaves_nothing()
    {
        Assert.AreEqual(ExitCode.Failure, Run(Out("missing.pcap"), "-o", Out("x")).Code);
        Assert.IsFalse(Directory.Exists(Out("x")));
        var (code, _, errors) = Run(Write("a.pcap", Capture()), "-o", Write("file", []));
        Assert.AreEqual(ExitCode.Failure, code);
        Assert.Contains("file", errors);
    }

    [TestMethod]
    [DataRow]
    [DataRow("a.pcap")]
    [DataRow("-o", "x")]
    [DataRow("a.pcap", "-o", "x", "--mode", "wrong")]
    [DataRow("a.pcap", "-o", "x", "--link-bit-field", "many")]
    [DataRow("a.pcap", "-o", "x", "--unknown-option")]
    [DataRow("a.pcap", "-o", "x", "--plugins", "tls,ftp")]
    [DataRow("a.pcap", "-o", "x", "--columns", "6")]
    [DataRow("a.pcap", "-o", "x", "--flows", "15")]
    [DataRow("a.pcap", "-o", "x", "--flows", "many")]
    [DataRow("a.pcap", "-o", "x", "--threads", "0")]
    public void Wrong_options_are_code_2(params string[] arguments) => Assert.AreEqual(ExitCode.Usage, Run(arguments).Code);

    [TestMethod]
    public void The_link_number_is_written()
    {
        Run(Write("a.pcap", Capture()), "-o", Out("x"), "--link-bit-field", "18446744073709551615");
        Assert.AreEqual("18446744073709551615", FlowFile.Load(Out("x/flow.csv"))["LINK_BIT_FIELD"]);
    }

    [TestMethod]
    public void Chosen_plugins_give_their_columns_in_order()
    {
        Run(Write("a.pcap", Capture()), "-o", Out("x"), "--plugins", "tls,basic,quic", "--columns", "5", "--mode", "compatible", "--flows", "20");
        var names = FlowFile.Load(Out("x/flow.csv")).Header.Split(',').Select(cell => cell.Split(' ')[1]).ToList();
        Assert.Contains("TLS_JA4", names);
        Assert.Contains("QUIC_SNI", names);
        Assert.Contains("TCP_FLAGS", names);
        Assert.IsFalse(names.Exists(name => name.StartsWith("PPI_", StringComparison.Ordinal) || name.StartsWith("DNS_", StringComparison.Ordinal) || name is "IP_TTL"));
        CollectionAssert.AreEqual(names.Order(Comparer<string>.Create((a, b) => Place(a).CompareTo(Place(b)))).ToList(), names);
    }

    [TestMethod]
    public void Progress_for_a_program_is_a_json_object_a_line()
    {
        var (_, output, _) = Run(Write("a.pcap", Capture()), "-o", Out("x"), "--progress", "json");
        Assert.AreEqual("""{"packets":2,"bytes":142,"share":1,"flows":1}""" + "\n", output);
    }

    [TestMethod]
    public void Help_tells_the_exit_codes()
    {
        var (code, output, _) = Run("--help");
        Assert.AreEqual(ExitCode.Done, code);
        Assert.Contains("3 an input is damaged", output);
        Assert.Contains("--mode", output);
    }

    [TestMethod]
    public void A_line_for_people_has_share_rate_and_time_left()
    {
        var line = LineProgress.Text(new ExportProgress(3_000_000, 25, 100, 1234, TimeSpan.FromSeconds(2)));
        Assert.AreEqual(" 25 %  3,000,000 packets  1.50 Mpackets/s  1,234 flows  0:00:06 left", line);
    }

    /// <summary>Where a column stands among all of version 5.</summary>
    private static int Place(string name) =>
        Array.FindIndex(Tci.Flows.Csv.ColumnList.Of(new ExportOptions { Mode = ExportMode.Compatible, Columns = ColumnSet.Version5 }), column => column.Name == name);

    private static byte[] Capture() => new PcapFile().Add(0, Frames.UdpFrame(1, 2)).Add(1, Frames.UdpFrame(1, 2)).ToArray();

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        var code = Tci.FlowsCli.CommandLine.Run(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private string Out(string name) => Path.Combine(folder.FullName, name);

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Out(name), bytes);
        return Out(name);
    }
}
