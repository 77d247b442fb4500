// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Quic;

namespace Tci.Flows.Tests.Plugins.Quic;

/// <summary>The test vectors of the RFCs: connection id 8394c8f03e515708 in all of them.</summary>
[TestClass]
public sealed class InitialKeysTests
{
    private static readonly byte[] Id = Convert.FromHexString("8394c8f03e515708");

    /// <summary>RFC 9001, appendix A.2: sample and mask of the client's Initial.</summary>
    [TestMethod]
    public void Version_1_header_protection_mask_is_that_of_RFC_9001()
    {
        using var keys = new InitialKeys(Id, InitialSalt.Version1, version2: false);
        var mask = keys.Mask(Convert.FromHexString("d1b1c98dd7689fb8ec11d242b123dc9b"));
        Assert.AreEqual("437b9aec36", Convert.ToHexStringLower(mask[..5]));
    }

    /// <summary>RFC 9369, appendix A.2.</summary>
    [TestMethod]
    public void Version_2_header_protection_mask_is_that_of_RFC_9369()
    {
        using var keys = new InitialKeys(Id, InitialSalt.Version2, version2: true);
        var mask = keys.Mask(Convert.FromHexString("ffe67b6abcdb4298b485dd04de806071"));
        Assert.AreEqual("94a0c95e80", Convert.ToHexStringLower(mask[..5]));
    }

    /// <summary>The start of the protected payloads of both appendices: a CRYPTO frame at offset 0 of 241 bytes, a ClientHello.</summary>
    [TestMethod]
    [DataRow(false, "d1b1c98dd7689fb8ec11d242b123dc9b")]
    [DataRow(true, "ffe67b6abcdb4298b485dd04de806071")]
    public void The_first_block_is_decrypted(bool version2, string start)
    {
        using var keys = new InitialKeys(Id, version2 ? InitialSalt.Version2 : InitialSalt.Version1, version2);
        // The sample is the first block, for the packet number takes four bytes; number 2.
        Assert.AreEqual("060040f1010000ed0303ebf8fa56f129", Convert.ToHexStringLower(keys.Peek(2, Convert.FromHexString(start))));
    }

    [TestMethod]
    public void A_wrong_tag_is_refused()
    {
        using var keys = new InitialKeys(Id, InitialSalt.Version1, version2: false);
        Assert.IsFalse(keys.TryDecrypt(0, new byte[10], new byte[40], new byte[24]));
    }

    [TestMethod]
    public void Keys_are_derived_once_for_a_connection()
    {
        var cache = new InitialKeyCache();
        var first = cache.Get(Id, InitialSalt.Version1, version2: false);
        Assert.AreSame(first, cache.Get(Id, InitialSalt.Version1, version2: false));
        Assert.AreNotSame(first, cache.Get(Id, InitialSalt.Version2, version2: true));
        Assert.AreEqual(2, cache.Derivations);
    }
}
