// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Text;
using Tci.Flows.Table;

namespace Tci.Flows.Tests.Table;

[TestClass]
public sealed class XxHash64Tests
{
    /// <summary>Published values of the reference implementation, seed 0.</summary>
    [TestMethod]
    [DataRow("", 0xEF46DB3751D8E999UL)]
    [DataRow("a", 0xD24EC4F1A98C6E5BUL)]
    [DataRow("abc", 0x44BC2CF5AD770999UL)]
    [DataRow("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1UL)]
    public void Matches_the_reference(string text, ulong hash) => Assert.AreEqual(hash, XxHash64.Hash(Encoding.ASCII.GetBytes(text)));

    [TestMethod]
    public void Two_words_hash_like_their_sixteen_bytes()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, 0x0123456789ABCDEF);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], 0xFEDCBA9876543210);
        Assert.AreEqual(XxHash64.Hash(bytes), XxHash64.Hash(0x0123456789ABCDEF, 0xFEDCBA9876543210));
    }
}
