// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Tci.Flows.Plugins.Tls;

/// <summary>
/// The JA3 fingerprint of a ClientHello: MD5 of <c>version,ciphers,extensions,groups,point formats</c> in decimal,
/// joined by "-" and without GREASE. Compatible mode keeps three faults the data set has: the version's bytes are swapped,
/// a GREASE value in the last place of a list leaves a "-", and more values than those of RFC 8701 are left out.
/// </summary>
internal sealed class Ja3(ExportMode mode)
{
    // A payload has at most 65 535 bytes, of which each gives at most four characters (a one-byte point format).
    private readonly TextField text = new(4 * 65_536);
    private readonly DigestCache digests = new(MD5.HashSizeInBytes);

    /// <param name="hello">A whole ClientHello.</param>
    /// <param name="groups">Data of the supported_groups extension and what follows it; empty where there is none.</param>
    /// <param name="pointFormats">Likewise of ec_point_formats.</param>
    /// <param name="hash">Takes the 16 bytes.</param>
    [SuppressMessage("Security", "CA5351", Justification = "JA3 is defined as an MD5; it names a client, it protects nothing.")]
    public void Compute(in HelloHeader hello, ReadOnlySpan<byte> groups, ReadOnlySpan<byte> pointFormats, Span<byte> hash)
    {
        text.Clear();
        text.Append((uint)(mode == ExportMode.Compatible ? BinaryPrimitives.ReverseEndianness(hello.Version) : hello.Version));
        text.Append((byte)',');
        AppendNumbers(hello.CipherSuites);
        text.Append((byte)',');
        AppendExtensions(hello.Extensions);
        text.Append((byte)',');
        if (NameLists.TryList(groups, out var list))
            AppendNumbers(list);
        text.Append((byte)',');
        AppendPointFormats(pointFormats);
        digests.Get(text.Value, static (text, hash) => MD5.HashData(text, hash)).CopyTo(hash);
    }

    private void AppendNumbers(ReadOnlySpan<byte> list)
    {
        var first = true;
        for (; list.Length >= 2; list = list[2..])
            Append(BinaryPrimitives.ReadUInt16BigEndian(list), ref first, last: list.Length < 4);
    }

    private void AppendExtensions(ReadOnlySpan<byte> block)
    {
        var first = true;
        var extensions = new TlsExtensions(block);
        while (extensions.Next())
            Append(extensions.Type, ref first, last: !extensions.HasMore);
    }

    private void AppendPointFormats(ReadOnlySpan<byte> fromBody)
    {
        if (fromBody.IsEmpty || fromBody.Length <= fromBody[0])
            return;
        var first = true;
        foreach (var format in fromBody.Slice(1, fromBody[0]))
            Separate(ref first).Append((uint)format);
    }

    private void Append(ushort value, ref bool first, bool last)
    {
        if (!(mode == ExportMode.Compatible ? Grease.LooksLike(value) : Grease.Is(value)))
            Separate(ref first).Append((uint)value);
        else if (last && !first && mode == ExportMode.Compatible)
            text.Append((byte)'-');
    }

    private TextField Separate(ref bool first)
    {
        if (!first)
            text.Append((byte)'-');
        first = false;
        return text;
    }
}
