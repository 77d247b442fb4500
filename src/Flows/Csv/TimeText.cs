// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;

namespace Tci.Flows.Csv;

/// <summary>Writes times as <c>2023-11-14T22:13:20.400000</c>, UTC. Texts of whole seconds are kept.</summary>
internal sealed class TimeText
{
    private const int SecondChars = 19;
    private const int TotalChars = 26;

    // Times of one row lie in a few seconds, those of neighbouring rows in the same.
    private const int Kept = 64;
    private readonly byte[] texts = new byte[Kept * SecondChars];
    private readonly long[] seconds = MakeEmpty();

    /// <summary>Returns the 26 bytes written. Times lie between 1970 and the year 9999.</summary>
    public int Write(long microseconds, Span<byte> to)
    {
        var (second, rest) = Math.DivRem(microseconds, 1_000_000);
        var place = (int)(second % Kept);
        var text = texts.AsSpan(place * SecondChars, SecondChars);
        if (seconds[place] != second)
        {
            DateTime.UnixEpoch.AddSeconds(second).TryFormat(text, out _, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            seconds[place] = second;
        }
        to = to[..TotalChars];
        text.CopyTo(to);
        to[SecondChars] = (byte)'.';
        var (thousands, below) = Math.DivRem((uint)rest, 10_000u);
        DigitText.WriteTwo(thousands, to[(SecondChars + 1)..]);
        DigitText.WriteFour(below, to[(SecondChars + 3)..]);
        return TotalChars;
    }

    private static long[] MakeEmpty()
    {
        var seconds = new long[Kept];
        Array.Fill(seconds, -1);
        return seconds;
    }
}
