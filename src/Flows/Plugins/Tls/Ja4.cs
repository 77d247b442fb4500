// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;

namespace Tci.Flows.Plugins.Tls;

/// <summary>
/// The JA4 fingerprint of a ClientHello: what it offers in ten characters, then a hash of the sorted cipher suites and one of
/// the sorted extensions and the signature algorithms, GREASE left out. Compatible mode keeps ipfixprobe 5.7's deviations:
/// counts are not padded to two digits, GREASE counts as an extension, and versions and signature algorithms are read as it reads them.
/// </summary>
internal sealed class Ja4(ExportMode mode)
{
    private const int MaxCount = 99;
    private const int HashCharacters = 12;

    private readonly Ja4Lists lists = new(mode);
    private readonly TextField text = new(5 * 3 * 32_768);
    private readonly DigestCache digests = new(SHA256.HashSizeInBytes);

    public void Compute(in HelloHeader hello, byte transport, TextField to)
    {
        lists.Read(hello);
        to.Append(transport);
        to.Append(Ja4Labels.Version(lists.HighestVersion ?? LegacyVersion(hello)));
        to.Append(lists.HasServerName ? (byte)'d' : (byte)'i');
        AppendCount(lists.Ciphers.Length, to);
        AppendCount(lists.ExtensionCount, to);
        AppendAlpn(to);
        to.Append((byte)'_');
        AppendCipherHash(to);
        to.Append((byte)'_');
        AppendExtensionHash(to);
    }

    private ushort LegacyVersion(in HelloHeader hello) =>
        mode == ExportMode.Full ? hello.Version : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(hello.Version);

    private void AppendCount(int count, TextField to)
    {
        count = Math.Min(count, MaxCount);
        if (count < 10 && mode == ExportMode.Full)
            to.Append((byte)'0');
        to.Append((uint)count);
    }

    private void AppendAlpn(TextField to)
    {
        var name = lists.FirstAlpn;
        Span<byte> label = stackalloc byte[2];
        if (name.IsEmpty)
            "00"u8.CopyTo(label);
        else if (mode == ExportMode.Full)
            Ja4Labels.Alpn(name[0], name[^1], label);
        else
            Ja4Labels.AlpnEach(name[0], name[^1], label);
        to.Append(label);
    }

    private void AppendCipherHash(TextField to)
    {
        text.Clear();
        lists.Ciphers.Sort();
        AppendHex(lists.Ciphers);
        AppendHash(lists.Ciphers.IsEmpty, to);
    }

    private void AppendExtensionHash(TextField to)
    {
        text.Clear();
        lists.Extensions.Sort();
        AppendHex(lists.Extensions);
        if (!lists.SignatureAlgorithms.IsEmpty || mode == ExportMode.Compatible)
            text.Append((byte)'_');
        AppendHex(lists.SignatureAlgorithms);
        AppendHash(text.Value.IsEmpty, to);
    }

    private void AppendHex(ReadOnlySpan<ushort> values)
    {
        Span<byte> digits = stackalloc byte[5];
        digits[4] = (byte)',';
        for (var i = 0; i < values.Length; i++)
        {
            for (var digit = 0; digit < 4; digit++)
                digits[digit] = "0123456789abcdef"u8[values[i] >> (12 - (4 * digit)) & 0xF];
            text.Append(i + 1 < values.Length ? digits : digits[..4]);
        }
    }

    private void AppendHash(bool empty, TextField to)
    {
        if (empty)
        {
            to.Append("000000000000"u8);
            return;
        }
        var hash = digests.Get(text.Value, static (text, hash) => SHA256.HashData(text, hash));
        Span<byte> hex = stackalloc byte[HashCharacters];
        Convert.TryToHexStringLower(hash[..(HashCharacters / 2)], hex, out _);
        to.Append(hex);
    }
}
