// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>A few bytes changed, now and then the end cut off.</summary>
internal static class Mutation
{
    public static byte[] Of(Random random, byte[] seed)
    {
        var bytes = seed.ToArray();
        for (var changes = random.Next(1, 6); changes > 0 && bytes.Length > 0; changes--)
        {
            var at = random.Next(bytes.Length);
            bytes[at] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)(bytes[at] ^ (1 << random.Next(8)));
        }
        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }
}
