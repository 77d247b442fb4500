// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using System.Text;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>Makes job ids: 120 bits, in 24 characters of lower-case base32 (RFC 4648, section 6).</summary>
internal static class JobIds
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int CharactersCount = 24;

    /// <summary>The same owner and key give the same id, whichever server is asked.</summary>
    public static JobId Derived(string owner, string key) => Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\0{key}")));

    public static JobId Random() => Of(RandomNumberGenerator.GetBytes(15));

    private static JobId Of(byte[] bytes)
    {
        var text = new StringBuilder("job-", 4 + CharactersCount);
        for (var i = 0; i < CharactersCount; i++)
        {
            // Five bits from bit 5 * i on, which may lie across two bytes.
            var bit = i * 5;
            var two = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text.Append(Alphabet[(two >> (11 - (bit % 8))) & 31]);
        }

        return new JobId(text.ToString());
    }
}
