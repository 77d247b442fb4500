// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json.Nodes;

namespace Tci.EndToEnd.Hostile;

/// <summary>Values that nobody means well with.</summary>
public sealed class Odd(Random chance)
{
    private static readonly string[] s_texts =
    [
        "", " ", "\0", "..", "../../etc/passwd", "/etc/passwd", "a/b", "local/lo", "job-", "job-none", "%00", "%2e%2e%2f", "' OR 1=1 --", "'; DROP TABLE jobs; --", "\" OR \"\"=\"", "1) UNION SELECT 1 --",
        "%", "_", "!", "\\", "{{7*7}}", "<script>alert(1)</script>", "$(id)", "`id`", "\r\nX-Injected: 1", "\u202Eabc", "\uFEFF", "\uD83D\uDE00", "e\u0301", "\u0130", "ﷺ", "\u2028", "NaN", "-0", "1e309",
        "9223372036854775808", "-9223372036854775809", "PT1S", "P-1D", "PT99999999999999S", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59.9999999+00:00", "0001-01-01T00:00:00+14:00",
        "tcp port 443", "host example.org", "((((((((((", "not", "Europe/Nowhere", "* * * * *", "0 0 30 2 *", "*/0 * * * *", "afpacket:lo", "pcap:/dev/zero", "pcap:../x", "ndp:0", "generator:", "flows", "Waiting", "cancelled",
    ];

    private static readonly string[] s_numbers = ["0", "-1", "1", "1.5", "1e400", "-1e400", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e-9", "00", "0x10", "2147483648", "1000000"];

    public string Text() => chance.Next(8) switch
    {
        0 => new string('a', chance.Next(1, 5000)),
        1 => string.Concat(Enumerable.Range(0, chance.Next(1, 40)).Select(_ => char.ConvertFromUtf32(Scalar()))),
        2 => string.Concat(Enumerable.Repeat(Pick(s_texts), chance.Next(1, 30))),
        _ => Pick(s_texts),
    };

    public string Number() => Pick(s_numbers);

    /// <summary>A JSON value as text; it may be no JSON at all.</summary>
    public string Json(int depth = 0) => chance.Next(depth > 3 ? 6 : 10) switch
    {
        0 => "null",
        1 => chance.Next(2) == 0 ? "true" : "false",
        2 or 3 => Number(),
        4 or 5 => Quoted(Text()),
        6 => $"[{string.Join(',', Enumerable.Range(0, chance.Next(4)).Select(_ => Json(depth + 1)))}]",
        7 => $"{{{string.Join(',', Enumerable.Range(0, chance.Next(4)).Select(_ => $"{Quoted(Text())}:{Json(depth + 1)}"))}}}",
        8 => new string('[', chance.Next(1, 2000)),
        _ => Pick(["", "{", "\"", "\"\\ud800\"", "\"\\u0000\"", "[,]", "{\"a\":1,}", "undefined", "'x'", "\u0001"]),
    };

    public T Pick<T>(IReadOnlyList<T> of) => of[chance.Next(of.Count)];

    public static string Quoted(string text) => JsonValue.Create(text)!.ToJsonString();

    /// <summary>Bytes changed here and there, cut, or doubled.</summary>
    public byte[] Damage(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var i = chance.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            var at = chance.Next(bytes.Count);
            switch (chance.Next(4))
            {
                case 0: bytes[at] = (byte)chance.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(chance.Next(1, 20), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes.Skip(at).Take(chance.Next(1, 40)).ToList()); break;
                default: bytes.Insert(at, (byte)Pick([0, 0xFF, 0xC0, 0xED, '"', '{', ',', '\\'])); break;
            }
        }

        return [.. bytes];
    }

    private int Scalar()
    {
        var value = chance.Next(0x10F7FF);
        return value < 0xD800 ? value : value + 0x800;
    }
}
