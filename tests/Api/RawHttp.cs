// SPDX-License-Identifier: BSD-3-Clause
using System.Net.Sockets;
using System.Text;

namespace Tci.Api.Tests;

/// <summary>Sends bytes that no well-behaved client would.</summary>
internal static class RawHttp
{
    /// <summary>Asks for something and reads none of it; closed by disposing it.</summary>
    public static async Task<TcpClient> Open(Server server, string path, string accept)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(server.Address.Host, server.Address.Port, patience.Token);
        var request = $"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Token}\r\nAccept: {accept}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), patience.Token);
        // The first byte tells that the answer has begun.
        await client.GetStream().ReadExactlyAsync(new byte[1], patience.Token);
        return client;
    }

    /// <summary>Sends a request and reads until the server closes.</summary>
    public static async Task<string> Send(Uri server, string request)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, patience.Token);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), patience.Token);
        using var answer = new MemoryStream();
        await client.GetStream().CopyToAsync(answer, patience.Token);
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
