// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Tls;

/// <summary>
/// Digests of the texts seen last. Clients of one kind send the same lists again and again, and a digest costs ten times a
/// comparison. Bounded: a text takes the place of another, and long ones are not kept.
/// </summary>
internal sealed class DigestCache(int digestBytes)
{
    private const int Places = 512;
    private const int MaxTextBytes = 768;

    private readonly byte[] texts = new byte[Places * MaxTextBytes];
    private readonly int[] lengths = new int[Places];
    private readonly byte[] digests = new byte[(Places + 1) * digestBytes];

    public delegate void Digest(ReadOnlySpan<byte> text, Span<byte> digest);

    /// <summary>The digest of a text; valid until the next call.</summary>
    public ReadOnlySpan<byte> Get(ReadOnlySpan<byte> text, Digest compute)
    {
        if (text.IsEmpty || text.Length > MaxTextBytes)
        {
            var unkept = digests.AsSpan(Places * digestBytes, digestBytes);
            compute(text, unkept);
            return unkept;
        }
        var place = (int)(XxHash64.Hash(text) % Places);
        var kept = texts.AsSpan(place * MaxTextBytes, MaxTextBytes);
        var digest = digests.AsSpan(place * digestBytes, digestBytes);
        if (lengths[place] == text.Length && kept[..text.Length].SequenceEqual(text))
            return digest;
        compute(text, digest);
        text.CopyTo(kept);
        lengths[place] = text.Length;
        return digest;
    }
}
