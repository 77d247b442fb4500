// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>Captures of TCP connections whose messages take several segments, told apart by the client's port.</summary>
internal static class TcpCaptures
{
    public static PcapFile Segments()
    {
        var file = new PcapFile();
        var hello = Hello.Client(
            0x0303, [0x0A0A, 4865, 4866, 49195], Hello.Name("large.example"), Hello.Extension(51, new byte[1220]), Hello.List16(13, 0x0403, 0x0804),
            Hello.Protocols("h2", "http/1.1"), Hello.List16(Hello.Groups, 0x1A1A, 4588, 29), Hello.Extension(0xFE0D, new byte[180]), Hello.Extension(Hello.SupportedVersions, [2, 3, 4]));
        var answer = Hello.Server(0x0303, Hello.Extension(Hello.SupportedVersions, [3, 4]));
        new TcpTalk(file, 7000).Open().Client(0, hello[..1448]).Client(1448, hello[1448..]).Server(0, answer);
        new TcpTalk(file, 7001).Open().Client(1448, hello[1448..]).Client(0, hello[..1448]).Client(0, hello[..1448]).Server(0, answer);
        new TcpTalk(file, 7002).Open().Client(0, Hello.Client(0x0303, [4865], Hello.Name("small.example"))).Server(0, answer);
        var request = Frames.Text("POST /upload HTTP/1.1\r\nhost: small.example\r\nCookie: " + new string('c', 1500) + "\r\nUser-Agent: a/1\r\n\r\n");
        var response = Frames.Text("HTTP/1.1 204 No Content\r\nServer: s/1\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n\r\n");
        new TcpTalk(file, 7003, 80).Open().Client(0, request[..1448]).Client(1448, request[1448..]).Server(0, response[..30]).Server(30, response[30..]);
        return file;
    }
}
