// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using System.Text;

namespace Tci.Flows.Tests.Making;

/// <summary>Makes frames layer by layer; each method takes what is inside.</summary>
internal static class Frames
{
    public const string A = "10.0.0.1";
    public const string B = "10.0.0.2";

    public static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    public static byte[] Ethernet(int type, byte[] payload) =>
        new ByteBuilder().Raw(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1).U16(type).Raw(payload).ToArray();

    public static byte[] Vlan(int id, int type, byte[] payload) => new ByteBuilder().U16(id).U16(type).Raw(payload).ToArray();

    public static byte[] Ipv4(string from, string to, int protocol, byte[] payload, int id = 0, int fragment = 0, int ttl = 64) =>
        new ByteBuilder().U16(0x4500).U16(20 + payload.Length).U16(id).U16(fragment).U8(ttl).U8(protocol).U16(0)
            .Raw(IPAddress.Parse(from).GetAddressBytes()).Raw(IPAddress.Parse(to).GetAddressBytes()).Raw(payload).ToArray();

    public static byte[] Ipv6(string from, string to, int next, byte[] payload) =>
        new ByteBuilder().U32(0x60000000).U16(payload.Length).U8(next).U8(64)
            .Raw(IPAddress.Parse(from).GetAddressBytes()).Raw(IPAddress.Parse(to).GetAddressBytes()).Raw(payload).ToArray();

    public static byte[] Udp(int from, int to, byte[] payload) =>
        new ByteBuilder().U16(from).U16(to).U16(8 + payload.Length).U16(0).Raw(payload).ToArray();

    public static byte[] Tcp(int from, int to, int flags, byte[] payload, byte[]? options = null, int window = 1000, long sequence = 1)
    {
        options ??= [];
        return new ByteBuilder().U16(from).U16(to).U32(sequence).U32(1).U8((20 + options.Length) / 4 << 4).U8(flags).U16(window).U32(0)
            .Raw(options).Raw(payload).ToArray();
    }

    /// <summary>A whole frame with UDP from A to B.</summary>
    public static byte[] UdpFrame(int from, int to, int payloadBytes = 1) =>
        Ethernet(0x0800, Ipv4(A, B, 17, Udp(from, to, new byte[payloadBytes])));

    /// <summary>A whole frame with UDP back from B to A.</summary>
    public static byte[] UdpAnswer(int from, int to, int payloadBytes = 1) =>
        Ethernet(0x0800, Ipv4(B, A, 17, Udp(from, to, new byte[payloadBytes])));

    public static byte[] TcpFrame(int from, int to, int flags, string payload = "", byte[]? options = null) =>
        Ethernet(0x0800, Ipv4(A, B, 6, Tcp(from, to, flags, Text(payload), options)));

    public static byte[] TcpAnswer(int from, int to, int flags, string payload = "", byte[]? options = null) =>
        Ethernet(0x0800, Ipv4(B, A, 6, Tcp(from, to, flags, Text(payload), options)));
}
