// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>A TCP connection from A to B, segment by segment, a millisecond apart. Offsets count payload bytes of a side.</summary>
internal sealed class TcpTalk(PcapFile file, int clientPort = 5000, int serverPort = 443)
{
    // Near the end of the number space, so that streams wrap around.
    private const long ClientStart = 0xFFFF_FF00, ServerStart = 77;
    private long time = clientPort * 1_000_000L;

    public TcpTalk Open() => Add(true, 0x02, ClientStart, []).Add(false, 0x12, ServerStart, []).Add(true, 0x10, ClientStart + 1, []);

    public TcpTalk Client(int offset, byte[] payload) => Add(true, 0x18, ClientStart + 1 + offset, payload);

    public TcpTalk Server(int offset, byte[] payload) => Add(false, 0x18, ServerStart + 1 + offset, payload);

    private TcpTalk Add(bool fromClient, int flags, long sequence, byte[] payload)
    {
        var (from, to) = fromClient ? (Frames.A, Frames.B) : (Frames.B, Frames.A);
        var (fromPort, toPort) = fromClient ? (clientPort, serverPort) : (serverPort, clientPort);
        file.Add(time, Frames.Ethernet(0x0800, Frames.Ipv4(from, to, 6, Frames.Tcp(fromPort, toPort, flags, payload, sequence: sequence & 0xFFFF_FFFF))));
        time += 1000;
        return this;
    }
}
