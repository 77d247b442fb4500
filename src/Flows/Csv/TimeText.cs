// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;

namespace Tci.Flows.Csv;

/// <summary>Writes times as <c>2023-11-14T22:13:20.400000</c>, UTC. The last second's text is kept, for times come close together.</summary>
internal sealed class TimeText
{
    private const int SecondChars = 19;
    private const int TotalChars = 26;
    private readonly byte[] secondText = new byte[SecondChars];
    private long second = -1;

    /// <summary>Returns the 26 bytes written. Times lie between 1970 and the year 9999.</summary>
    public int Write(long microseconds, Span<byte> to)
    {
        var (wanted, fraction) = Math.DivRem(microseconds, 1_000_000);
        if (wanted != second)
        {
            DateTime.UnixEpoch.AddSeconds(wanted).TryFormat(secondText, out _, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            second = wanted;
        }
        secondText.CopyTo(to);
        to[SecondChars] = (byte)'.';
        for (var i = TotalChars - 1; i > SecondChars; i--)
        {
            to[i] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }
        return TotalChars;
    }
}
