// SPDX-License-Identifier: BSD-3-Clause
using System.Net.Sockets;
using System.Text;

namespace Tci.Bench.Api;

/// <summary>One connection that sends requests as prepared bytes and reads answers with a known length; less to do than a library has, so that the servers are what is measured.</summary>
internal sealed class LoadConnection(Uri server) : IDisposable
{
    private readonly TcpClient _client = new(server.Host, server.Port) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];

    public static byte[] Get(string path, string? token) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: bench\r\n{Authorization(token)}\r\n");

    public static byte[] Post(string path, string? token, string body) =>
        Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: bench\r\n{Authorization(token)}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>Sends, and reads the whole answer.</summary>
    /// <returns>Its status, and its body where that is asked for.</returns>
    public async Task<(int Status, long Bytes, byte[]? Body)> Send(byte[] request, bool keepBody = false)
    {
        var stream = _client.GetStream();
        await stream.WriteAsync(request);
        var have = 0;
        int end;
        while ((end = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0) have += await More(stream, have);
        var head = Encoding.ASCII.GetString(_buffer, 0, end);
        var status = int.Parse(head.AsSpan(9, 3));
        using var body = keepBody ? new MemoryStream() : null;
        body?.Write(_buffer, end + 4, have - end - 4);
        var read = Length(head) is { } length ? await Fixed(stream, have - end - 4, length, body) : await Chunks(stream, have, end + 4, body);
        return (status, read, body?.ToArray());
    }

    public void Dispose() => _client.Dispose();

    private static string Authorization(string? token) => token is null ? "" : $"Authorization: Bearer {token}\r\n";

    private static long? Length(string head)
    {
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var text = head.AsSpan(at + 16);
        var end = text.IndexOf('\r');
        return long.Parse(end < 0 ? text : text[..end]);
    }

    private async Task<long> Fixed(NetworkStream stream, long have, long length, MemoryStream? body)
    {
        while (have < length)
        {
            var read = await More(stream, 0);
            body?.Write(_buffer, 0, read);
            have += read;
        }

        return have;
    }

    // Answers without a length come in chunks, and end with an empty one. Answers are small here: they are read into the buffer whole.
    private async Task<long> Chunks(NetworkStream stream, int have, int begin, MemoryStream? body)
    {
        while (!_buffer.AsSpan(0, have).EndsWith("0\r\n\r\n"u8)) have += await More(stream, have);
        body?.SetLength(0);
        var total = 0L;
        for (var at = begin; ;)
        {
            var line = _buffer.AsSpan(at, have - at).IndexOf("\r\n"u8);
            var size = Convert.ToInt32(Encoding.ASCII.GetString(_buffer, at, line), 16);
            if (size == 0) return total;
            body?.Write(_buffer, at + line + 2, size);
            total += size;
            at += line + 2 + size + 2;
        }
    }

    private async Task<int> More(NetworkStream stream, int have)
    {
        var read = await stream.ReadAsync(_buffer.AsMemory(have));
        return read > 0 ? read : throw new IOException("The server closed the connection, or its answer is too long for this client.");
    }
}
