// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Table;

namespace Tci.Flows.Index;

/// <summary>
/// Numbers the names of rows while the index is made. Names seen lately are known by their hash and text; when too
/// many are known they are forgotten, so that a name may get a second number, which costs room and changes no answer.
/// </summary>
internal sealed class NameTable(Stream spool)
{
    private const long KnownBytesMax = 64 << 20;
    private const int EntryBytes = 100;

    private readonly Dictionary<ulong, List<(byte[] Name, uint Number)>> known = [];
    private long knownBytes;

    /// <summary>Names numbered so far, from 1.</summary>
    public uint Count { get; private set; }

    /// <summary>The number of a name; 0 for the empty one.</summary>
    public uint NumberOf(ReadOnlySpan<byte> name)
    {
        if (name.Length == 0)
            return 0;
        var hash = XxHash64.Hash(name);
        if (known.TryGetValue(hash, out var same))
        {
            foreach (var (text, number) in same)
            {
                if (name.SequenceEqual(text))
                    return number;
            }
        }
        return Add(name, hash);
    }

    /// <summary>Appends the section: per name its length in two bytes and its text.</summary>
    public void CopyTo(PageWriter writer)
    {
        var buffer = new byte[64 * 1024];
        spool.Position = 0;
        while (spool.Read(buffer) is > 0 and var read)
            writer.Write(buffer.AsSpan(0, read));
        writer.Align();
    }

    private uint Add(ReadOnlySpan<byte> name, ulong hash)
    {
        if (knownBytes > KnownBytesMax)
        {
            known.Clear();
            knownBytes = 0;
        }
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)name.Length);
        spool.Write(length);
        spool.Write(name);
        if (!known.TryGetValue(hash, out var same))
            known[hash] = same = new(1);
        same.Add((name.ToArray(), ++Count));
        knownBytes += name.Length + EntryBytes;
        return Count;
    }
}
