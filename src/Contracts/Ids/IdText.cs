// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers;

namespace Tci.Contracts;

/// <summary>The characters and lengths ids are made of.</summary>
public static class IdText
{
    public const int PartLengthMax = 64;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@:");

    /// <summary>Whether a text can be one part of an id: 1 to 64 letters, digits and <c>- _ . @ :</c>, not starting with a dot.</summary>
    public static bool IsPart(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= PartLengthMax && text[0] != '.' && !text.ContainsAnyExcept(s_allowed);

    /// <summary>Splits <c>left/right</c> where both are valid parts.</summary>
    public static bool IsPair(string? text)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash > 0 && IsPart(text.AsSpan(0, slash)) && IsPart(text.AsSpan(slash + 1));
    }
}
