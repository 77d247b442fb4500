// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers;

namespace Tci.Contracts;

/// <summary>What the name of a key for anonymisation must be: it is the name of a file on probes.</summary>
public static class KeyName
{
    public const int LengthMax = 64;

    private static readonly SearchValues<char> s_allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>1 to 64 letters, digits and <c>- _ .</c>, not starting with a dot.</summary>
    public static bool IsValid(ReadOnlySpan<char> name) => name.Length is > 0 and <= LengthMax && name[0] != '.' && !name.ContainsAnyExcept(s_allowed);
}
