// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Probe.Files;

namespace Tci.Probe.Tests.Files;

[TestClass]
public sealed class Crc32Tests
{
    [TestMethod]
    [DataRow("", 0x00000000u)]
    [DataRow("a", 0xE8B7BE43u)]
    [DataRow("abc", 0x352441C2u)]
    [DataRow("123456789", 0xCBF43926u)]
    [DataRow("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    [DataRow("abcdefghijklmnopqrstuvwxyz", 0x4C2750BDu)]
    public void Known_values(string text, uint expected) => Assert.AreEqual(expected, Of(Encoding.ASCII.GetBytes(text)));

    [TestMethod]
    public void Thirty_two_bytes_of_zeros_and_of_ones()
    {
        Assert.AreEqual(0x190A55ADu, Of(new byte[32]));
        Assert.AreEqual(0xFF6CAB0Bu, Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
    }

    [TestMethod]
    public void Pieces_of_any_length_give_the_value_of_the_whole()
    {
        var bytes = Enumerable.Range(0, 1000).Select(i => (byte)(i * 31)).ToArray();
        var whole = Of(bytes);
        for (var piece = 1; piece < 40; piece++)
        {
            var crc = new Crc32();
            foreach (var chunk in bytes.Chunk(piece)) crc.Append(chunk);
            Assert.AreEqual(whole, crc.Value, $"in pieces of {piece}");
        }
    }

    private static uint Of(byte[] bytes)
    {
        var crc = new Crc32();
        crc.Append(bytes);
        return crc.Value;
    }
}
