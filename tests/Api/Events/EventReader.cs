// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Nodes;

namespace Tci.Api.Tests.Events;

/// <summary>Reads an event stream as a browser would.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(10);
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventReader(HttpResponseMessage response, StreamReader reader)
    {
        _response = response;
        _reader = reader;
    }

    /// <summary>Back once the server has begun to answer and had the time to join the reader to its feed.</summary>
    public static async Task<EventReader> Open(Server server, string path, params (string, string)[] headers)
    {
        var response = await server.Get(path, [("Accept", "text/event-stream"), .. headers]);
        Assert.AreEqual(200, (int)response.StatusCode);
        return new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; null at the end, and where the server broke off.</summary>
    public async Task<Sent?> Next()
    {
        var id = "";
        try
        {
            while (await _reader.ReadLineAsync().WaitAsync(s_waitMax) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
                if (line.StartsWith("data: ", StringComparison.Ordinal)) return new Sent(id, (string)JsonNode.Parse(line[6..])!["text"]!);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
        }

        return null;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    internal sealed record Sent(string Id, string Text);
}
