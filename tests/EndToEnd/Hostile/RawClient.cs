// SPDX-License-Identifier: BSD-3-Clause
using System.Net.Sockets;
using System.Text;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Hostile;

/// <summary>What came back. Status 0: the connection was closed without an answer.</summary>
public sealed record RawAnswer(int Status, string Head, string Body)
{
    public string? Header(string name) => Head.Split("\r\n").Skip(1).Select(l => l.Split(": ", 2)).FirstOrDefault(h => h[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[^1];
}

/// <summary>Sends bytes over a connection of its own and reads what comes, for so long and so much.</summary>
public static class RawClient
{
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(20);
    private const int AnswerBytesMax = 8 << 20;
    private const int PieceBytes = 64;

    /// <exception cref="TimeoutException">No whole answer came in time.</exception>
    public static async Task<RawAnswer> Send(Api server, HostileRequest request)
    {
        using var deadline = new CancellationTokenSource(AnswerMax);
        try
        {
            await using var stream = await server.Connect(deadline.Token);
            var reading = Read(stream, request.IsStream, deadline.Token);
            await Write(stream, request, deadline.Token);
            if (request.Sending == Sending.Cut) return new RawAnswer(0, "", "");
            return await reading;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No whole answer within {AnswerMax.TotalSeconds} s.");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return new RawAnswer(0, "", "");
        }
    }

    private static async Task Write(NetworkStream stream, HostileRequest request, CancellationToken cancel)
    {
        byte[] all = [.. request.Head, .. request.Body];
        if (request.Sending == Sending.Cut) all = all[..(all.Length / 2)];
        try
        {
            if (request.Sending != Sending.Slow) await stream.WriteAsync(all, cancel);
            else
            {
                for (var at = 0; at < Math.Min(all.Length, PieceBytes * 40); at += PieceBytes)
                {
                    await stream.WriteAsync(all.AsMemory(at, Math.Min(PieceBytes, all.Length - at)), cancel);
                    await Task.Delay(5, cancel);
                }

                if (all.Length > PieceBytes * 40) await stream.WriteAsync(all.AsMemory(PieceBytes * 40), cancel);
            }
        }
        catch (IOException)
        {
            // Refused before it was all sent; the answer says why.
        }
    }

    private static async Task<RawAnswer> Read(NetworkStream stream, bool isStream, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; all.Length < AnswerBytesMax && (read = await stream.ReadAsync(buffer, cancel)) > 0;)
            {
                all.Write(buffer, 0, read);
                // A stream of events does not end: that it began is enough.
                if (isStream && Encoding.ASCII.GetString(all.GetBuffer(), 0, (int)all.Length).Contains("retry: ", StringComparison.Ordinal)) break;
            }
        }
        catch (IOException) when (all.Length > 0)
        {
            // Closed hard after the answer.
        }

        var text = Encoding.UTF8.GetString(all.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end > 12 && int.TryParse(text.AsSpan(9, 3), out var status) ? new RawAnswer(status, text[..end], text[(end + 4)..]) : new RawAnswer(0, "", text);
    }
}
