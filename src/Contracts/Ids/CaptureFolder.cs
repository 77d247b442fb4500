// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>The form <c>job-….n[.s]</c> that capture and run ids share.</summary>
internal static class CaptureFolder
{
    private const int NumberLengthMax = 4;

    public static bool IsValid(string text, int numbers)
    {
        var parts = text.Split('.');
        if (parts.Length != numbers + 1 || !JobId.TryParse(parts[0], out _)) return false;
        return parts.Skip(1).All(p => p.Length is > 0 and <= NumberLengthMax && p.All(char.IsAsciiDigit));
    }
}
