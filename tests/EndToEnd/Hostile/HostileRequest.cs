// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.EndToEnd.Hostile;

/// <summary>How the bytes of a request go out.</summary>
public enum Sending
{
    Whole,

    /// <summary>In pieces, with pauses.</summary>
    Slow,

    /// <summary>Only half of it, then the connection is closed.</summary>
    Cut,
}

/// <summary>A request as bytes, so that nothing makes it better than it is.</summary>
public sealed record HostileRequest(string Operation, byte[] Head, byte[] Body, Sending Sending)
{
    public bool IsStream { get; init; }

    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(Head) + Encoding.UTF8.GetString(Body);
        return $"{Operation}, sent {Sending.ToString().ToLowerInvariant()}:\n{(text.Length > 6000 ? text[..6000] + "…" : text)}";
    }
}

/// <summary>Makes requests of the description by chance: the same seed makes the same ones, but for the ids that the server gave.</summary>
public sealed class RequestMaker(ApiDescription api, string token, int seed)
{
    private readonly Random _chance = new(seed);
    private readonly List<string> _ids = [];

    /// <summary>Ids of resources that a request made; later ones of the session use them.</summary>
    public void Learn(string id) => _ids.Add(id);

    public HostileRequest Next()
    {
        var odd = new Odd(_chance);
        var operation = odd.Pick(api.Operations);
        var body = operation.Body is null ? (_chance.Next(30) == 0 ? Encoding.UTF8.GetBytes(odd.Json()) : []) : new Bodies(api, _chance).For(operation);
        var head = new StringBuilder($"{operation.Method} {Target(operation, odd)} HTTP/1.1\r\nHost: tci\r\nConnection: close\r\n");
        AddToken(head, odd);
        foreach (var header in operation.Parameters.Where(p => p.In == "header" && _chance.Next(2) == 0)) head.Append($"{header.Name}: {HeaderText(odd)}\r\n");
        var isStream = operation.Id.EndsWith("Events", StringComparison.Ordinal) && _chance.Next(2) == 0;
        if (isStream) head.Append("Accept: text/event-stream\r\n");
        if (_chance.Next(8) == 0) head.Append($"Range: {Range(odd)}\r\n");
        if (_chance.Next(40) == 0) head.Append($"X-Odd: {new string('h', _chance.Next(1, 40_000))}\r\n");
        if (body.Length > 0 || operation.Body is not null)
            head.Append($"Content-Type: {(_chance.Next(30) == 0 ? HeaderText(odd) : "application/json")}\r\nContent-Length: {(_chance.Next(60) == 0 ? odd.Number() : body.Length.ToString())}\r\n");
        head.Append("\r\n");
        var sending = _chance.Next(40) switch { 0 => Sending.Slow, 1 => Sending.Cut, _ => Sending.Whole };
        return new HostileRequest(operation.Id, Encoding.UTF8.GetBytes(head.ToString()), body, sending) { IsStream = isStream };
    }

    private void AddToken(StringBuilder head, Odd odd)
    {
        var sent = _chance.Next(50) switch
        {
            0 => null,
            1 => "Bearer " + token[..^1],
            2 => "Bearer " + HeaderText(odd),
            3 => "Basic " + HeaderText(odd),
            _ => "Bearer " + token,
        };
        if (sent is not null) head.Append($"Authorization: {sent}\r\n");
        if (_chance.Next(100) == 0) head.Append("Authorization: Bearer x\r\n");
    }

    private string Target(Operation operation, Odd odd)
    {
        var path = operation.Path;
        foreach (var parameter in operation.Parameters.Where(p => p.In == "path"))
        {
            var value = _chance.Next(5) switch
            {
                0 => Escape(odd.Text()),
                1 => odd.Pick(["..%2f..%2fetc%2fpasswd", "..", "%00", "%c0%ae%c0%ae", new string('a', 9000), "%", "job-none", ".%2e/%2e."]),
                2 when parameter.Example is { } example => Escape(example),
                _ when _ids.Count > 0 => _ids[_chance.Next(_ids.Count)],
                _ => Escape(parameter.Example ?? "x"),
            };
            path = path.Replace($"{{{parameter.Name}}}", value, StringComparison.Ordinal);
        }

        var query = operation.Parameters.Where(p => p.In == "query").SelectMany(p => Enumerable.Repeat(p, _chance.Next(3) == 0 ? 1 + _chance.Next(2) : 0))
            .Select(p => $"{p.Name}={Escape(_chance.Next(3) == 0 ? odd.Number() : odd.Text())}").ToList();
        return path + (query.Count > 0 ? "?" + string.Join('&', query) : "");
    }

    private string Range(Odd odd) => odd.Pick(
    [
        "bytes=0-0", "bytes=-1", "bytes=0-", "bytes=5-1", "bytes=99999999999999999999-", "bytes=-99999999999999999999", "bytes=0-18446744073709551616", "bytes=--1", "bytes=", "lines=0-1",
        "bytes=" + string.Join(',', Enumerable.Range(0, 900).Select(i => $"{i}-{i}")), "bytes=0-,0-,0-,0-,0-", HeaderText(odd),
    ]);

    private string HeaderText(Odd odd) => _chance.Next(3) switch
    {
        0 => $"\"{_chance.Next(5)}\"",
        1 => odd.Number(),
        // A line break would end the header; that trick has tests of its own.
        _ => odd.Text().Replace('\r', ' ').Replace('\n', ' '),
    };

    private static string Escape(string text) => Uri.EscapeDataString(text.Length > 2000 ? text[..1999] : text);
}
