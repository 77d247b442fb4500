// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>Damages bytes: a few changed, now and then a run repeated or taken out, or the end cut off.</summary>
internal static class Mutation
{
    // What lengths and counts go wrong with.
    private static readonly byte[] s_limits = [0, 1, 0x3F, 0x40, 0x7F, 0x80, 0xC0, 0xFF];

    public static byte[] Of(Random random, byte[] seed)
    {
        var bytes = seed.ToArray();
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Length > 0; changes--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(8) switch
            {
                0 => (byte)random.Next(256),
                1 => s_limits[random.Next(s_limits.Length)],
                _ => (byte)(bytes[at] ^ (1 << random.Next(8))),
            };
        }
        return random.Next(8) switch
        {
            0 or 1 => bytes[..random.Next(bytes.Length + 1)],
            2 => Moved(random, bytes),
            _ => bytes,
        };
    }

    /// <summary>A run of bytes is there twice, or not any more.</summary>
    private static byte[] Moved(Random random, byte[] bytes)
    {
        var from = random.Next(bytes.Length + 1);
        var to = Math.Min(bytes.Length, from + random.Next(40));
        return random.Next(2) == 0 ? [.. bytes[..to], .. bytes[from..]] : [.. bytes[..from], .. bytes[to..]];
    }
}
