// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using System.Net.Sockets;
using Tci.Contracts;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Engine;

/// <summary>A capture of a live interface, from arming to its description.</summary>
[TestClass]
public sealed class InterfaceCaptureTests
{
    private static readonly CaptureId s_id = EndedCapture.Id;

    [TestMethod]
    public async Task Packets_of_an_interface_are_captured_from_the_agreed_start_on()
    {
        RealEngine.Required();
        using var data = new TempFolder();
        using var engine = new RealEngine(data);
        await using var probe = await ProbeStage.Open(data);
        using var socket = new UdpClient(0, AddressFamily.InterNetwork);
        var port = ((IPEndPoint)socket.Client.LocalEndPoint!).Port;

        await probe.Engine.Begin(s_id, RealEngine.Ask("afpacket:lo", new JobLimits { Packets = 3 }, $"udp dst port {port}"));
        var armed = (await Eventually.Get(() => probe.Engine.Look(s_id), a => a.Value?.State is EngineState.Armed or EngineState.Ended, "arming")).Value!;
        if (armed.Problem is { Code: ProblemCodes.NotPermitted } problem) Assert.Inconclusive(problem.Message);
        Send(socket, port);
        await Eventually.Get(() => probe.Engine.Look(s_id), a => a.Value?.Counters?.OutsideWindow.Packets >= 1, "the packet before the start to be discarded");
        await probe.Engine.StartAt(s_id, DateTimeOffset.UtcNow);
        var end = await Eventually.Get(
            () =>
            {
                Send(socket, port);
                return probe.Engine.Look(s_id);
            },
            a => a.Value?.State == EngineState.Ended,
            "three packets");

        Assert.AreEqual("packets", end.Value!.End!.Reason);
        Assert.AreEqual(3, end.Value.Counters!.Stored.Packets);
        await Eventually.Get(() => probe.Files.Collect(s_id), a => a.Value?.State == WorkState.Done, "collecting");
        Assert.HasCount(3, PcapText.Marks(File.ReadAllBytes(probe.Directory(s_id).Traffic)));
        StringAssert.Contains(File.ReadAllText(Path.Combine(probe.Directory(s_id).Data, "info.json")), "\"IPv4\": \"127.0.0.1\"");
    }

    private static void Send(UdpClient socket, int port) => socket.Send([1, 2, 3], new IPEndPoint(IPAddress.Loopback, port));
}
