// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>Small captures with something of each application protocol.</summary>
internal static class SmallCapture
{
    /// <summary>An HTTP request, a TLS hello and a DNS query for the host.</summary>
    public static PcapFile Of(string host, string agent = "a/1")
    {
        var label = Frames.Text((char)host.Length + host + "\0");
        var query = ByteBuilder.Join([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0], label, [0, 1, 0, 1]);
        return new PcapFile()
            .Add(0, Frames.TcpFrame(1001, 80, 0x18, $"GET /x HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\n\r\n"))
            .Add(1000, Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 6, Frames.Tcp(1002, 443, 0x18, Hello.Client(0x0303, [4865], Hello.Name(host))))))
            .Add(2000, Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(1003, 53, query))));
    }
}
