// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;

namespace Tci.Flows.Parsing;

/// <summary>
/// Walks the headers of a frame down to the payload of the innermost packet. It never reads outside the frame,
/// allocates nothing, and ends on any input: every step moves forward.
/// </summary>
internal static class PacketParser
{
    /// <summary>Fills <paramref name="packet"/>; false when the frame holds no packet that belongs to a flow.</summary>
    public static bool TryParse(LinkType link, ReadOnlySpan<byte> frame, long timeMicroseconds, ExportMode mode, ref Packet packet)
    {
        packet = default;
        packet.TimeMicroseconds = timeMicroseconds;
        var layer = First(link);
        var offset = 0;
        while (layer is not (Layer.None or Layer.Transport))
            layer = Step(layer, frame, ref offset, ref packet);
        return layer == Layer.Transport && Transport.TryParse(frame, offset, mode, ref packet);
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

    private static Layer Step(Layer layer, ReadOnlySpan<byte> frame, ref int offset, ref Packet packet) => layer switch
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
        Layer.Gre => Tunnels.SkipGre(frame, ref offset),
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
