// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Programs;

/// <summary><c>tci-capture run</c> and <c>tci-flows</c> as a person types them.</summary>
[TestClass]
public sealed class CaptureProgramTests : EndToEnd
{
    protected override string Program => "tci-server";

    private static string Capture => Repository.Program("tci-capture");

    private string Output => Path.Combine(Scene.Folder, "capture");

    [TestMethod]
    public async Task An_interface_becomes_packets_and_packets_become_flows()
    {
        var wire = Scene.NewWire();
        using var sender = new Sender(wire);
        var running = Task.Run(() => Run("run", "--source", "afpacket:" + wire.Name, "--dir", Output, "--filter", "udp port 5001", "--packets", "100", "--duration", "30s"));
        await Eventually.Is(() => File.Exists(Path.Combine(Output, "traffic.0.0.pcap.part")), "It begins.");
        await Task.Delay(500);
        await sender.Send(5002, 20);
        await sender.Send(5001, 100);
        var said = await running;

        Assert.AreEqual(0, said.ExitCode, said.ToString());
        var packets = PcapFile.Datagrams(File.ReadAllBytes(Path.Combine(Output, "traffic.0.0.pcap")));
        CollectionAssert.AreEqual(Enumerable.Range(20, 100).ToList(), packets.Select(p => p.Number).ToList());
        using var summary = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Output, "summary.json")));
        Assert.AreEqual("packets", summary.RootElement.GetProperty("end").GetProperty("code").GetString());
        Flows(Path.Combine(Output, "traffic.0.0.pcap"), "17 40000>5001 x100");
    }

    [TestMethod]
    public void A_file_is_replayed_with_a_filter()
    {
        var file = SampleFile.Write(Scene.Folder, packets: 50);
        var said = Run("run", "--source", "pcap:" + file, "--dir", Output, "--fast", "--filter", "udp", "--packets", "30");
        Assert.AreEqual(0, said.ExitCode, said.ToString());
        Flows(Path.Combine(Output, "traffic.0.0.pcap"), "17 40000>5001 x30");
        Assert.AreEqual(6, Run("run", "--source", "pcap:" + file, "--dir", Output, "--fast").ExitCode, "A directory that holds a capture is not used again.");
    }

    [TestMethod]
    public void Its_exit_codes_are_those_it_documents()
    {
        var file = SampleFile.Write(Scene.Folder, packets: 5);
        var cut = SampleFile.Write(Scene.Folder, packets: 5, cutBytes: 10, name: "cut.pcap");
        Ends(2, "run");
        Ends(2, "run", "--source", "pcap:" + file, "--dir", Output, "--packets", "many");
        Ends(2, "sing");
        Ends(3, "run", "--source", "afpacket:none", "--dir", Output, "--duration", "1s");
        Ends(3, "run", "--source", "pcap:" + file + ".none", "--dir", Output, "--duration", "1s");
        Ends(5, "run", "--source", "pcap:" + file, "--dir", Output, "--filter", "tcp prot 443");
        Assert.IsFalse(Directory.Exists(Output), "Nothing is left of a start that fails.");
        Ends(8, "run", "--source", "pcap:" + cut, "--dir", Output, "--fast");
        Ends(0, "check", "--filter", "tcp port 443");
        Ends(5, "check", "--filter", "tcp prot 443");
        Ends(0, "list", "--json");
        Ends(0, "version");
        Ends(0, "help");
    }

    [TestMethod]
    public void The_exporter_says_what_it_cannot_read()
    {
        var flows = Repository.Program("tci-flows");
        var missing = Shell.Try([flows, Path.Combine(Scene.Folder, "none.pcap"), "-o", Output], Shell.TimeMax);
        Assert.AreNotEqual(0, missing.ExitCode);
        Assert.Contains("none.pcap", missing.Error);
        var usage = Shell.Try([flows, "--colour"], Shell.TimeMax);
        Assert.AreEqual(2, usage.ExitCode, usage.ToString());
        var garbage = Path.Combine(Scene.Folder, "garbage.pcap");
        File.WriteAllText(garbage, string.Concat(Enumerable.Repeat("This is not a capture file. ", 500)));
        var unread = Shell.Try([flows, garbage, "-o", Output], Shell.TimeMax);
        Assert.AreNotEqual(0, unread.ExitCode, unread.ToString());
        Assert.Contains("garbage.pcap", unread.Error);
        Assert.DoesNotContain("   at ", missing.Error + usage.Error + unread.Error, "A stack trace.");
    }

    private Said Run(params string[] arguments) => Shell.Try([.. Scene.Enter, Capture, .. arguments], Shell.TimeMax, Scene.Folder);

    private void Ends(int code, params string[] arguments)
    {
        var said = Run(arguments);
        Assert.AreEqual(code, said.ExitCode, $"{string.Join(' ', arguments)}: {said}");
        if (code != 0) Assert.IsGreaterThan(10, said.Output.Length + said.Error.Length, string.Join(' ', arguments));
    }

    private void Flows(string file, string flow)
    {
        var folder = Path.Combine(Scene.Folder, "flows");
        var said = Shell.Try([Repository.Program("tci-flows"), file, "-o", folder], Shell.TimeMax);
        Assert.AreEqual(0, said.ExitCode, said.ToString());
        Assert.AreEqual(flow, FlowRows.Of(File.ReadAllText(Path.Combine(folder, "flow.csv"))).Select(FlowRows.Key).Single());
    }
}
