// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>
/// Version numbers and how their Initial packets are protected. Vendors' versions are mapped to the draft they
/// descend from, as ipfixprobe does.
/// </summary>
internal static class QuicVersion
{
    public const uint Negotiation = 0;
    public const uint Version1 = 1;
    public const uint Version2 = 0x6B3343CF;

    // Ranks order the versions by salt: a draft's number up to 34, then these.
    private const int Rfc9000 = 35;
    private const int Picoquic = 36;
    private const int Version2Provisional = 100;
    private const int Rfc9369 = 101;
    private const int Unknown = 255;

    /// <summary>Whether a datagram of this version is looked into at all.</summary>
    public static bool IsSupported(uint version) => Rank(version) is > 0 and < Unknown;

    /// <summary>Version 2 and its drafts number the packet types otherwise and derive keys by other labels.</summary>
    public static bool IsVersion2(uint version) => Rank(version) is Version2Provisional or Rfc9369;

    /// <summary>The salt of a version; <see cref="InitialSalt.None"/> where none is known.</summary>
    /// <param name="version">The version of a packet.</param>
    /// <param name="version2">Whether an earlier packet of the datagram was of version 2, whose salts are then taken.</param>
    public static InitialSalt Salt(uint version, bool version2)
    {
        var rank = Rank(version);
        if (version2)
        {
            return rank switch
            {
                > 0 and <= Version2Provisional => InitialSalt.Version2Provisional,
                Rfc9369 => InitialSalt.Version2,
                _ => InitialSalt.None,
            };
        }
        return rank switch
        {
            <= 0 => InitialSalt.None,
            <= 9 => InitialSalt.Draft7,
            <= 16 => InitialSalt.Draft10,
            <= 20 => InitialSalt.Draft17,
            <= 22 => InitialSalt.Draft21,
            <= 28 => InitialSalt.Draft23,
            <= 32 => InitialSalt.Draft29,
            <= Rfc9000 => InitialSalt.Version1,
            Picoquic => InitialSalt.Picoquic,
            _ => InitialSalt.None,
        };
    }

    private static int Rank(uint version)
    {
        if (version >> 8 == 0xFF0000 && (version & 0xFF) is >= 1 and <= 34)
            return (int)(version & 0xFF);
        if ((version & 0x0F0F0F0F) == 0x0A0A0A0A) // reserved to force negotiation (RFC 9000, section 15)
            return Rfc9000;
        return FamilyRank(version) ?? SingleRank(version);
    }

    /// <summary>Vendors that number their versions in the last digits.</summary>
    private static int? FamilyRank(uint version) => (version & 0xFFFFFFF0) switch
    {
        0xABCD0000 => 29, // MsQuic
        0xF0F0F0F0 or 0xF0F0F1F0 => Rfc9000, // ETH Zürich, Telecom Italia
        0x07007000 => Rfc9000, // Tencent
        0xF0F0F2F0 => Rfc9000, // quinn with Noise
        0x5C100000 => Rfc9000, // QUIC over SCION
        0xF123F0C0 => 14, // Mozilla
        _ => (version & 0xFFFFFF00) switch
        {
            0x45474700 => (int)(version & 0xFF), // quant
            0x51474F00 or 0x91C17000 => Rfc9000, // quic-go, quicly
            _ => null,
        },
    };

    private static int SingleRank(uint version) => version switch
    {
        Negotiation => 1,
        0xFACEB000 => 20, // mvfst from here on
        0xFACEB001 => 22,
        0xFACEB002 or 0xFACEB00D or 0xFACEB00E or 0xFACEB00F => 27,
        0xFACEB010 or 0xFACEB011 or 0xFACEB012 or 0xFACEB013 => 27,
        Version1 => Rfc9000,
        0x50435130 or 0x50435131 => Picoquic,
        0xFF020000 or 0x709A50C4 => Version2Provisional,
        Version2 => Rfc9369,
        _ => Unknown,
    };
}
