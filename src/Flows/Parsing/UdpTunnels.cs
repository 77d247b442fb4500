// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Parsing;

/// <summary>Tunnels over UDP, told by the destination port and a header that can be nothing else.</summary>
internal static class UdpTunnels
{
    private const int UdpHeaderBytes = 8;
    private const ushort VxlanPort = 4789;
    private const ushort OldVxlanPort = 8472; // Linux before the port was assigned
    private const ushort GenevePort = 6081;
    private const ushort GtpPort = 2152;
    private const ushort TransparentEthernet = 0x6558;
    private const ulong Mixer = 0x9E3779B97F4A7C15;

    /// <summary>Whether packets to this port may be tunnels.</summary>
    public static bool IsTunnelPort(ushort port) => port is VxlanPort or OldVxlanPort or GenevePort or GtpPort;

    /// <summary>The layer inside, with <paramref name="offset"/> moved there; <see cref="Layer.None"/> for any other packet.</summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="offset">Where the UDP header begins.</param>
    /// <param name="inner">Takes the tunnel's type and number.</param>
    public static Layer Enter(ReadOnlySpan<byte> frame, ref int offset, ref Packet inner)
    {
        if (frame.Length - offset < UdpHeaderBytes)
            return Layer.None;
        var port = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
        if (!IsTunnelPort(port))
            return Layer.None;
        offset += UdpHeaderBytes;
        return port switch
        {
            GenevePort => Geneve(frame, ref offset, ref inner),
            GtpPort => GtpUser(frame, ref offset, ref inner),
            _ => Vxlan(frame, ref offset, ref inner),
        };
    }

    /// <summary>
    /// What tells the flows of a tunnel from those of others. A virtual network has one number both ways; a GTP tunnel has
    /// another one each way, so that keeping these apart would tear every flow in two.
    /// </summary>
    public static ulong Key(ulong outer, in Packet inner) =>
        inner.Tunnel is TunnelType.GtpUser ? outer : (outer ^ ((ulong)inner.Tunnel << 32) ^ inner.TunnelId) * Mixer;

    /// <summary>RFC 7348, section 5: only the I flag is set, reserved bytes are zero.</summary>
    private static Layer Vxlan(ReadOnlySpan<byte> frame, ref int offset, ref Packet inner)
    {
        const int HeaderBytes = 8;
        if (frame.Length - offset < HeaderBytes)
            return Layer.None;
        var header = frame.Slice(offset, HeaderBytes);
        offset += HeaderBytes;
        (inner.Tunnel, inner.TunnelId) = (TunnelType.Vxlan, BinaryPrimitives.ReadUInt32BigEndian(header[4..]) >> 8);
        return BinaryPrimitives.ReadUInt32BigEndian(header) == 0x08000000 && header[7] == 0 ? Layer.Ethernet : Layer.None;
    }

    /// <summary>RFC 8926, section 3.4: version 0, options counted in words.</summary>
    private static Layer Geneve(ReadOnlySpan<byte> frame, ref int offset, ref Packet inner)
    {
        const int HeaderBytes = 8;
        if (frame.Length - offset < HeaderBytes || frame[offset] >> 6 != 0)
            return Layer.None;
        var optionBytes = (frame[offset] & 0x3F) * 4;
        var type = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
        (inner.Tunnel, inner.TunnelId) = (TunnelType.Geneve, BinaryPrimitives.ReadUInt32BigEndian(frame[(offset + 4)..]) >> 8);
        offset += HeaderBytes + optionBytes;
        return type == TransparentEthernet ? Layer.Ethernet : EtherType.Next(type);
    }

    /// <summary>3GPP TS 29.281, section 5.1: a G-PDU of version 1, with optional fields and a chain of extension headers.</summary>
    private static Layer GtpUser(ReadOnlySpan<byte> frame, ref int offset, ref Packet inner)
    {
        const int HeaderBytes = 8, OptionalBytes = 4;
        const byte UserData = 0xFF;
        if (frame.Length - offset < HeaderBytes || (frame[offset] & 0xF0) != 0x30 || frame[offset + 1] != UserData)
            return Layer.None;
        var flags = frame[offset];
        (inner.Tunnel, inner.TunnelId) = (TunnelType.GtpUser, BinaryPrimitives.ReadUInt32BigEndian(frame[(offset + 4)..]));
        offset += HeaderBytes;
        if ((flags & 7) == 0)
            return Layer.RawIp;
        offset += OptionalBytes;
        var more = (flags & 4) != 0;
        while (more && frame.Length >= offset && frame[offset - 1] != 0)
        {
            if (frame.Length <= offset || frame[offset] == 0)
                return Layer.None;
            offset += frame[offset] * 4;
        }
        return frame.Length >= offset ? Layer.RawIp : Layer.None;
    }
}
