// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests;

/// <summary>The hot path may not allocate: the number is exact, so it is a gate, unlike a time.</summary>
[TestClass]
public sealed class AllocationTests
{
    private const int WarmUpPackets = 60_000;
    private const int MeasuredPackets = 100_000;

    [TestMethod]
    public void No_byte_is_allocated_per_packet_after_warm_up()
    {
        using var capture = new MergedCapture([CaptureFile.Open("mix", new MemoryStream(Mix(WarmUpPackets + MeasuredPackets)))]);
        var run = new ExportRun(capture, Stream.Null, new ExportOptions { FlowCapacity = 512 });
        Assert.IsTrue(run.AddPackets(WarmUpPackets));
        var written = run.Flows;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsTrue(run.AddPackets(MeasuredPackets));
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.IsGreaterThan(10_000, run.Flows - written, "rows must be written while it is measured");
    }

    /// <summary>Packets of every kind in turn. The ports repeat every 4000 packets, so the warm-up has seen the table at its fullest;
    /// there are more flows than the table holds, and time for flows to time out.</summary>
    private static byte[] Mix(int packets)
    {
        var dns = Frames.Text("\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x01" + "a\0\0\x01\0\x01");
        byte[] Dns(int port) => Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(port, 53, dns)));
        byte[] V6(int port) => Frames.Ethernet(0x86DD, Frames.Ipv6("fe80::1", "fe80::2", 17, Frames.Udp(port, 9, [1])));
        byte[] Fragment(int id) => Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(1, 2, new byte[8]), id, 0x2000));
        const string Get = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
        var hello = Hello.Client(0x0303, [4865, 4866], Hello.Name("example.org"), Hello.List16(Hello.Groups, 29, 23), Hello.Protocols("h2"));
        byte[] Tls(int port) => Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 6, Frames.Tcp(port, 443, 0x18, hello)));
        var makers = new Func<int, byte[]>[]
        {
            i => Frames.UdpFrame(1 + (i % 500), 7), i => Frames.UdpAnswer(7, 1 + (i % 500)), i => Frames.TcpFrame(1 + (i % 100), 80, 0x18, Get),
            i => Frames.TcpFrame(1 + (i % 500), 443, 0x18, "x"), i => Dns(1 + (i % 250)), i => V6(1 + (i % 250)), i => Fragment(i & 0xFFFF),
            i => Tls(1 + (i % 500)),
        };
        var file = new PcapFile();
        for (var i = 0; i < packets; i++)
            file.Add(i * 2_000L, makers[i % makers.Length](i / makers.Length));
        return file.ToArray();
    }
}
