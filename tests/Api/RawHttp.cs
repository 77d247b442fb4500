// SPDX-License-Identifier: BSD-3-Clause
using System.Net.Sockets;
using System.Text;

namespace Tci.Api.Tests;

/// <summary>Sends bytes that no well-behaved client would.</summary>
internal static class RawHttp
{
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
