// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using System.Security.Cryptography;
using Tci.Contracts;

namespace Tci.Api.Accounts;

/// <summary>Hashes passwords (PBKDF2, HMAC-SHA-256) as <c>pbkdf2-sha256$ITERATIONS$SALT$HASH</c>, and says which ones are taken (NIST SP 800-63B-4, 3.1.1: length counts, not composition).</summary>
internal static class Passwords
{
    public const int LengthMin = 15;
    public const int LengthMax = 256;
    public const int Iterations = 600_000;
    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // Long enough, and the first that are tried.
    private static readonly string[] s_common = ["passwordpassword", "123456789012345", "1234567890123456", "qwertyuiopasdfgh", "administrator12", "correcthorsebatterystaple"];

    /// <summary>Takes as long to compare with as that of an account, and fits no password.</summary>
    public static readonly string OfNobody = Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(HashBytes)));

    /// <summary>What is wrong with it, or null.</summary>
    public static Problem? Check(string password, string account)
    {
        var characters = new StringInfo(password).LengthInTextElements;
        if (characters < LengthMin || password.Length > LengthMax)
            return Bad($"A password has {LengthMin} to {LengthMax} characters, any of them, spaces too; a few words that do not belong together are good.");
        if (password.Distinct().Count() < 5) return Bad("This password is few characters over and over.");
        var plain = password.ToLowerInvariant();
        if (s_common.Contains(plain.Replace(" ", "", StringComparison.Ordinal)) || (account.Length > 3 && plain.Contains(account.ToLowerInvariant(), StringComparison.Ordinal)))
            return Bad("This password is one of the first that are tried: it is well known, or holds the name of the account.");
        return null;
    }

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Iterations))}";
    }

    /// <summary>Takes the same time whether or not it fits.</summary>
    /// <exception cref="FormatException">The hash was not made by <see cref="Hash"/>.</exception>
    public static bool Fits(string password, string hash)
    {
        var parts = hash.Split('$');
        if (parts is not [Scheme, var iterations, var salt, var derived]) throw new FormatException("A stored password is not one of this program.");
        return CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(derived), Derive(password, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture)));
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password.Normalize(System.Text.NormalizationForm.FormKC), salt, iterations, HashAlgorithmName.SHA256, HashBytes);

    private static Problem Bad(string message) => new(ProblemCodes.InvalidRequest, message, Field: "password");
}
