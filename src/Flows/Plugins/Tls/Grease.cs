// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Tls;

/// <summary>Values that clients put in to keep servers tolerant (RFC 8701): 0x0A0A, 0x1A1A, … 0xFAFA.</summary>
internal static class Grease
{
    public static bool Is(ushort value) => (value & 0x0F0F) == 0x0A0A && value >> 8 == (value & 0xFF);

    /// <summary>What ipfixprobe takes for one: two equal bytes without the bits of 0x05, such as 0x5050, but not 0.</summary>
    public static bool LooksLike(ushort value) => value != 0 && (value & 0x0505) == 0 && value >> 8 == (value & 0xFF);
}
