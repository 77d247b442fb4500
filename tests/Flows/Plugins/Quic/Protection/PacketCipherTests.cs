// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using Tci.Flows.Plugins.Quic;
using Tci.Flows.Plugins.Quic.Protection;

namespace Tci.Flows.Tests.Plugins.Quic.Protection;

/// <summary>Our own keys and ciphers against those of the system's library.</summary>
[TestClass]
public sealed class PacketCipherTests
{
    private readonly Random random = new(1);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Payloads_are_decrypted_as_the_library_encrypts_them(bool byProcessor)
    {
        using var cipher = Make(byProcessor);
        for (var length = 0; length < 1500; length += length < 200 ? 1 : 37)
        {
            var (key, nonce, header, text) = (Bytes(16), Bytes(12), Bytes(random.Next(60)), Bytes(length));
            var (payload, plain) = (new byte[length + 16], new byte[length]);
            using (var library = new AesGcm(key, 16))
                library.Encrypt(nonce, text, payload.AsSpan(0, length), payload.AsSpan(length), header);
            cipher.SetKeys(key, Bytes(16));
            Assert.IsTrue(cipher.TryDecrypt(nonce, header, payload, plain), $"{length} bytes");
            CollectionAssert.AreEqual(text, plain);
            payload[random.Next(payload.Length)] ^= 1;
            Assert.IsFalse(cipher.TryDecrypt(nonce, header, payload, plain), $"{length} bytes, damaged");
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Blocks_are_those_of_the_library(bool byProcessor)
    {
        using var cipher = Make(byProcessor);
        for (var round = 0; round < 100; round++)
        {
            var (key, headerKey, block) = (Bytes(16), Bytes(16), Bytes(16));
            var result = new byte[16];
            cipher.SetKeys(key, headerKey);
            cipher.EncryptBlock(block, result);
            CollectionAssert.AreEqual(Ecb(key, block), result);
            cipher.EncryptHeaderBlock(block, result);
            CollectionAssert.AreEqual(Ecb(headerKey, block), result);
        }
    }

    [TestMethod]
    public void Secrets_are_those_of_HKDF()
    {
        var secrets = new InitialSecrets();
        foreach (var salt in Enum.GetValues<InitialSalt>())
        {
            for (var length = 0; length <= ConnectionId.MaxBytes; length++)
            {
                var id = Bytes(length);
                foreach (var version2 in new[] { false, true })
                {
                    secrets.Derive(id, salt, version2);
                    var name = version2 ? "quicv2" : "quic";
                    var client = Expand(HKDF.Extract(HashAlgorithmName.SHA256, id, InitialSalts.Bytes(salt).ToArray()), "client in", 32);
                    CollectionAssert.AreEqual(Expand(client, $"{name} key", 16), secrets.Key.ToArray());
                    CollectionAssert.AreEqual(Expand(client, $"{name} iv", 12), secrets.Nonce.ToArray());
                    CollectionAssert.AreEqual(Expand(client, $"{name} hp", 16), secrets.HeaderKey.ToArray());
                }
            }
        }
    }

    private static PacketCipher Make(bool byProcessor)
    {
        if (byProcessor && !ProcessorCipher.IsSupported)
            Assert.Inconclusive("This processor has no AES instructions that TCI knows.");
        return byProcessor ? new ProcessorCipher() : new LibraryCipher();
    }

    private static byte[] Expand(byte[] secret, string label, byte bytes)
    {
        byte[] info = [0, bytes, (byte)(label.Length + 6), .. System.Text.Encoding.ASCII.GetBytes("tls13 " + label), 0];
        return HKDF.Expand(HashAlgorithmName.SHA256, secret, bytes, info);
    }

    private static byte[] Ecb(byte[] key, byte[] block)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(block, PaddingMode.None);
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
