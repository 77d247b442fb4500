// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Bench.Flows.Captures;

/// <summary>Handshakes as clients of today send them; only the server's name varies.</summary>
internal static class Messages
{
    private static readonly ushort[] Suites = [0x2A2A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x9C, 0x9D, 0x2F, 0x35];

    /// <summary>A TLS record with a ClientHello like Chromium's; with a key share after quantum computers it takes two segments.</summary>
    public static byte[] ClientHello(int number, bool large)
    {
        var message = ClientHelloMessage(number, large);
        return [22, 3, 1, (byte)(message.Length >> 8), (byte)message.Length, .. message];
    }

    public static byte[] ClientHelloMessage(int number, bool large, byte[]? transportParameters = null)
    {
        var name = Encoding.ASCII.GetBytes($"www{number % 5000}.example.org");
        byte[] extensions =
        [
            .. Extension(0x1A1A, []), .. Extension(0, [.. U16(name.Length + 3), 0, .. U16(name.Length), .. name]), .. Extension(23, []), .. Extension(0xFF01, [0]),
            .. Extension(10, [0, 10, 0x1A, 0x1A, 0x11, 0xEC, 0, 29, 0, 23, 0, 24]), .. Extension(11, [1, 0]), .. Extension(35, []),
            .. Extension(16, [0, 12, 2, (byte)'h', (byte)'2', 8, .. "http/1.1"u8]), .. Extension(5, [1, 0, 0, 0, 0]),
            .. Extension(13, [0, 16, 4, 3, 8, 4, 4, 1, 5, 3, 8, 5, 5, 1, 8, 6, 6, 1]), .. Extension(18, []), .. Extension(51, new byte[large ? 1263 : 43]),
            .. Extension(45, [1, 1]), .. Extension(43, [6, 0x3A, 0x3A, 3, 4, 3, 3]), .. Extension(27, [2, 0, 2]), .. Extension(0xFE0D, new byte[218]),
            .. transportParameters is null ? [] : Extension(57, transportParameters),
        ];
        byte[] body = [3, 3, .. new byte[32], 32, .. new byte[32], .. U16(Suites.Length * 2), .. Suites.SelectMany(suite => U16(suite)), 1, 0, .. U16(extensions.Length), .. extensions];
        return [1, 0, .. U16(body.Length), .. body];
    }

    public static byte[] ServerHello()
    {
        byte[] body = [3, 3, .. new byte[32], 32, .. new byte[32], 0x13, 1, 0, 0, 46, 0, 43, 0, 2, 3, 4, .. Extension(51, new byte[36])];
        return [22, 3, 3, .. U16(body.Length + 4), 2, 0, .. U16(body.Length), .. body];
    }

    public static byte[] HttpRequest(int number) => Encoding.ASCII.GetBytes(
        $"GET /path/{number}/index.html HTTP/1.1\r\nHost: www{number % 5000}.example.org\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: */*\r\nAccept-Encoding: gzip\r\nReferer: http://example.org/\r\n\r\n");

    public static byte[] HttpResponse() => Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\nServer: nginx\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 20000\r\nSet-Cookie: session=1; Path=/\r\n\r\n" + new string('x', 700));

    public static byte[] DnsQuery(int number) => [.. U16(number & 0xFFFF), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. DnsName(number), 0, 1, 0, 1];

    public static byte[] DnsAnswer(int number) =>
        [.. U16(number & 0xFFFF), 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. DnsName(number), 0, 1, 0, 1, 0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 198, 18, 0, 1];

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] DnsName(int number)
    {
        var label = Encoding.ASCII.GetBytes($"www{number % 5000}");
        return [(byte)label.Length, .. label, 7, .. "example"u8, 3, .. "org"u8, 0];
    }

    private static byte[] Extension(int type, byte[] body) => [.. U16(type), .. U16(body.Length), .. body];
}
