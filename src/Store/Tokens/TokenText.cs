// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tci.Store.Tokens;

/// <summary>API tokens: <c>tci_</c> and 256 random bits in base64url. Only their SHA-256 is stored; with that much chance in them no salt is needed.</summary>
internal static class TokenText
{
    public const string Prefix = "tci_";
    private const int RandomBytes = 32;
    private const int LengthMax = 200;

    public static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Whether a text can be a token at all; others are not looked up.</summary>
    public static bool IsPlausible(string text) => text.Length <= LengthMax && text.StartsWith(Prefix, StringComparison.Ordinal);

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
