// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Captures.Compression;

/// <summary>Recognises compressed inputs by what they begin with.</summary>
internal static class CompressedInput
{
    private const uint ZstdFrame = 0xFD2FB528;

    /// <summary>The content of the input: itself where it is not compressed. Damage shows as <see cref="InvalidDataException"/> while reading.</summary>
    /// <exception cref="IOException">The program that reads this compression is missing.</exception>
    public static Stream Open(string name, CountedStream input)
    {
        var head = input.Head(4);
        if (head.Length >= 2 && head[0] == 0x1F && head[1] == 0x8B)
            return new GzipInput(input);
        if (head.Length == 4 && IsZstd(BinaryPrimitives.ReadUInt32LittleEndian(head)))
            return new ZstdInput(name, input);
        return input;
    }

    // A file may begin with a skippable frame (RFC 8878, section 3.1.2).
    private static bool IsZstd(uint magic) => magic == ZstdFrame || (magic & 0xFFFFFFF0) == 0x184D2A50;
}
