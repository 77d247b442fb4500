// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>A conversation over one pair of UDP ports, datagram by datagram, a millisecond apart.</summary>
internal sealed class QuicTalk(PcapFile file, int clientPort, int serverPort = 443)
{
    private long time = clientPort * 1_000_000L;

    /// <summary>One datagram from the client, made of coalesced packets.</summary>
    public QuicTalk Client(params byte[][] packets) => Add(Frames.A, Frames.B, clientPort, serverPort, ByteBuilder.Join(packets));

    public QuicTalk Server(params byte[][] packets) => Add(Frames.B, Frames.A, serverPort, clientPort, ByteBuilder.Join(packets));

    private QuicTalk Add(string from, string to, int fromPort, int toPort, byte[] payload)
    {
        file.Add(time, Frames.Ethernet(0x0800, Frames.Ipv4(from, to, 17, Frames.Udp(fromPort, toPort, payload))));
        time += 1000;
        return this;
    }
}
