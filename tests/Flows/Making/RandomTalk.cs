// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>One conversation of random traffic: two hosts, a way their packets are wrapped, and packets one after another.</summary>
internal sealed class RandomTalk
{
    private static readonly string[] s_hosts4 = ["192.0.2.1", "192.0.2.2", "198.51.100.7", "203.0.113.200"];
    private static readonly string[] s_hosts6 = ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::f", "fe80::1234"];

    private readonly Random random;
    private readonly List<(long Time, byte[] Frame)> packets;
    private readonly string client;
    private readonly string server;
    private readonly Func<byte[], byte[]> wrap;
    private readonly int clientPort;
    private long time;
    private long clientSequence;
    private long serverSequence;

    public RandomTalk(Random random, List<(long Time, byte[] Frame)> packets, long start, bool version6)
    {
        (this.random, this.packets, time) = (random, packets, start);
        IsVersion6 = version6;
        var hosts = IsVersion6 ? s_hosts6 : s_hosts4;
        client = hosts[random.Next(hosts.Length)];
        server = hosts[random.Next(hosts.Length)];
        // Few ports, so that later conversations meet flows of earlier ones.
        clientPort = 49_152 + random.Next(2000);
        wrap = Wrapping(IsVersion6 ? 0x86DD : 0x0800);
        clientSequence = random.NextInt64(uint.MaxValue);
        serverSequence = random.NextInt64(uint.MaxValue);
    }

    public bool IsVersion6 { get; }

    /// <summary>No time-outs from now on.</summary>
    public bool Hurries { get; set; }

    /// <summary>Time passes: mostly a little, now and then around the time-outs.</summary>
    public RandomTalk Wait()
    {
        time += !Hurries && random.Next(12) == 0 ? random.NextInt64(25_000_000, 36_000_000) : random.NextInt64(40_000);
        return this;
    }

    public RandomTalk Tcp(bool fromClient, int port, int flags, byte[] payload, byte[]? options = null)
    {
        var (from, to) = fromClient ? (clientPort, port) : (port, clientPort);
        ref var sequence = ref fromClient ? ref clientSequence : ref serverSequence;
        var tcp = Frames.Tcp(from, to, flags, payload, options, random.Next(65_536), sequence);
        sequence = (sequence + payload.Length + ((flags & 3) != 0 ? 1 : 0)) & 0xFFFF_FFFF;
        return Packet(fromClient, 6, tcp);
    }

    public RandomTalk Udp(bool fromClient, int port, byte[] payload) =>
        Packet(fromClient, 17, fromClient ? Frames.Udp(clientPort, port, payload) : Frames.Udp(port, clientPort, payload));

    /// <summary>Adds an IP packet.</summary>
    public RandomTalk Packet(bool fromClient, int protocol, byte[] content, int id = 0, int fragment = 0)
    {
        var (from, to) = fromClient ? (client, server) : (server, client);
        var packet = IsVersion6
            ? Frames.Ipv6(from, to, protocol, content)
            : Frames.Ipv4(from, to, protocol, content, id, fragment == 0 ? random.Next(2) * 0x4000 : fragment, ttl: random.Next(30, 65));
        var frame = wrap(packet);
        // Ethernet pads short frames.
        packets.Add((time, frame.Length < 60 ? ByteBuilder.Join(frame, new byte[60 - frame.Length]) : frame));
        return Wait();
    }

    private Func<byte[], byte[]> Wrapping(int type)
    {
        var number = random.Next(1, 4095);
        return random.Next(12) switch
        {
            0 => packet => Frames.Ethernet(0x8100, Frames.Vlan(number, type, packet)),
            1 => packet => Frames.Ethernet(0x88A8, Frames.Vlan(number, 0x8100, Frames.Vlan(7, type, packet))),
            2 => packet => Frames.Ethernet(0x8847, ByteBuilder.Join([0, 1, 0, 64, 0, 2, 1, 64], packet)),
            3 => packet => Frames.Ethernet(0x8864, new ByteBuilder().U16(0x1100).U16(1).U16(packet.Length + 2).U16(type == 0x0800 ? 0x21 : 0x57).Raw(packet).ToArray()),
            4 => packet => Frames.Ethernet(0x0800, Frames.Ipv4("10.9.0.1", "10.9.0.2", 47, ByteBuilder.Join(new ByteBuilder().U16(0x2000).U16(type).U32(number).ToArray(), packet))),
            _ => packet => Frames.Ethernet(type, packet),
        };
    }
}
