// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using System.Text;

namespace Tci.Api.Requests;

/// <summary>What makes an id unique: 120 bits, in 24 characters of lower-case base32 (RFC 4648, section 6).</summary>
internal static class IdCharacters
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Count = 24;

    /// <summary>The same owner and key give the same characters, whichever server is asked; without a key they are random.</summary>
    public static string Of(string owner, string? key) =>
        Of(key is null ? RandomNumberGenerator.GetBytes(15) : SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\0{key}")));

    private static string Of(byte[] bytes)
    {
        var text = new StringBuilder(Count);
        for (var i = 0; i < Count; i++)
        {
            // Five bits from bit 5 * i on, which may lie across two bytes.
            var bit = i * 5;
            var two = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text.Append(Alphabet[(two >> (11 - (bit % 8))) & 31]);
        }

        return text.ToString();
    }
}
