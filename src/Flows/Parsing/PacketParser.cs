// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;

namespace Tci.Flows.Parsing;

/// <summary>
/// Walks the headers of a frame down to the payload of the innermost packet. It never reads outside the frame,
/// allocates nothing, and ends on any input: every step moves forward.
/// </summary>
internal static class PacketParser
{
    // Tunnels over UDP inside each other; bounds the stack.
    private const int MaxTunnels = 8;

    /// <summary>Fills <paramref name="packet"/>; false when the frame holds no packet that belongs to a flow.</summary>
    public static bool TryParse(LinkType link, ReadOnlySpan<byte> frame, long timeMicroseconds, ExportMode mode, ref Packet packet)
    {
        packet = default;
        packet.TimeMicroseconds = timeMicroseconds;
        return TryWalk(First(link), frame, 0, mode, tunnels: 0, ref packet);
    }

    private static bool TryWalk(Layer layer, ReadOnlySpan<byte> frame, int offset, ExportMode mode, int tunnels, ref Packet packet)
    {
        while (layer is not (Layer.None or Layer.Transport))
            layer = Step(layer, frame, mode, ref offset, ref packet);
        if (layer != Layer.Transport)
            return false;
        if (mode == ExportMode.Full && packet.Protocol == IpProtocol.Udp && !packet.IsFragment && tunnels < MaxTunnels
            && TryEnter(frame, offset, tunnels, ref packet))
            return true;
        return Transport.TryParse(frame, offset, mode, ref packet);
    }

    /// <summary>Takes the packet inside a tunnel over UDP instead; leaves the outer one where there is none.</summary>
    private static bool TryEnter(ReadOnlySpan<byte> frame, int offset, int tunnels, ref Packet packet)
    {
        var inner = default(Packet);
        var layer = UdpTunnels.Enter(frame, ref offset, ref inner);
        if (layer == Layer.None)
            return false;
        inner.TimeMicroseconds = packet.TimeMicroseconds;
        inner.TunnelKey = UdpTunnels.Key(packet.TunnelKey, inner);
        if (!TryWalk(layer, frame, offset, ExportMode.Full, tunnels + 1, ref inner))
            return false;
        packet = inner;
        return true;
    }

    private static Layer First(LinkType link) => link switch
    {
        LinkType.Ethernet => Layer.Ethernet,
        LinkType.LinuxSll => Layer.LinuxSll,
        LinkType.LinuxSll2 => Layer.LinuxSll2,
        LinkType.Raw or LinkType.RawOld or LinkType.RawOpenBsd => Layer.RawIp,
        LinkType.Ipv4 => Layer.Ipv4,
        LinkType.Ipv6 => Layer.Ipv6,
        _ => Layer.None,
    };

    private static Layer Step(Layer layer, ReadOnlySpan<byte> frame, ExportMode mode, ref int offset, ref Packet packet) => layer switch
    {
        Layer.Ethernet => Ethernet.Parse(frame, ref offset, ref packet),
        Layer.Ipv4 => Ipv4.Parse(frame, ref offset, ref packet),
        Layer.Ipv6 => Ipv6.Parse(frame, ref offset, ref packet),
        Layer.InnerEthernet => Ethernet.SkipInner(frame, ref offset),
        Layer.LinuxSll => LinuxSll.Parse(frame, ref offset, ref packet),
        Layer.LinuxSll2 => LinuxSll.ParseVersion2(frame, ref offset, ref packet),
        Layer.RawIp => RawIp(frame, offset),
        Layer.Trill => Tunnels.SkipTrill(frame, ref offset),
        Layer.Mpls => Tunnels.SkipMpls(frame, ref offset),
        Layer.Pppoe => Tunnels.SkipPppoe(frame, ref offset),
        Layer.Gre => Tunnels.SkipGre(frame, mode, ref offset, ref packet),
        _ => Layer.None,
    };

    private static Layer RawIp(ReadOnlySpan<byte> frame, int offset)
    {
        if (frame.Length <= offset)
            return Layer.None;
        return (frame[offset] >> 4) switch
        {
            4 => Layer.Ipv4,
            6 => Layer.Ipv6,
            _ => Layer.None,
        };
    }
}
