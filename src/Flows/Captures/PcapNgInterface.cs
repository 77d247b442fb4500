// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Captures;

/// <summary>One interface of a pcapng section: its link type and how its timestamps count (draft-ietf-opsawg-pcapng, section 4.2).</summary>
internal readonly record struct PcapNgInterface(LinkType Link, uint SnapBytes, ulong UnitsPerSecond, long OffsetSeconds)
{
    public const ulong DefaultUnitsPerSecond = 1_000_000;

    /// <summary>Units per second for an if_tsresol byte; zero when it does not fit 64 bits.</summary>
    public static ulong FromResolution(byte resolution)
    {
        var exponent = resolution & 0x7F;
        if ((resolution & 0x80) != 0)
            return exponent < 64 ? 1UL << exponent : 0;
        if (exponent > 19)
            return 0;
        var units = 1UL;
        for (var i = 0; i < exponent; i++)
            units *= 10;
        return units;
    }

    /// <summary>Microseconds since 1970, rounded down; negative or huge values are possible in damaged files.</summary>
    public Int128 ToMicroseconds(ulong units)
    {
        if (UnitsPerSecond == DefaultUnitsPerSecond && OffsetSeconds == 0)
            return units;
        var micros = (UInt128)units * 1_000_000 / UnitsPerSecond;
        return (Int128)micros + ((Int128)OffsetSeconds * 1_000_000);
    }

    /// <summary>The nanoseconds, 0 to 999, that rounding down to microseconds takes away.</summary>
    public int NanosecondsRest(ulong units) =>
        UnitsPerSecond <= DefaultUnitsPerSecond ? 0 : (int)((UInt128)units * 1_000_000_000 / UnitsPerSecond % 1000);
}
