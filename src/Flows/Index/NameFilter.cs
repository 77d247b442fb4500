// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Text;

namespace Tci.Flows.Index;

/// <summary>Finds the numbers of the names that a condition is about, by one pass over the names.</summary>
internal static class NameFilter
{
    private const int CancellationInterval = 65_536;

    /// <summary>Which of the names 0 to <see cref="IndexFooter.Names"/> have the name, or the part; 0, no name, never.</summary>
    /// <exception cref="FlowIndexException">The section is damaged.</exception>
    public static RowBits Find(PageReader pages, IndexFooter footer, FlowCondition condition, CancellationToken cancellation)
    {
        var found = new RowBits(footer.Names + 1);
        var wanted = Encoding.UTF8.GetBytes(condition.Name!);
        var position = footer.NamesStart;
        var buffer = new byte[IndexFormat.NameBytesMax];
        Span<byte> head = stackalloc byte[2];
        for (var number = 1L; number <= footer.Names; number++)
        {
            if (number % CancellationInterval == 0)
                cancellation.ThrowIfCancellationRequested();
            pages.Read(position, head);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(head);
            if (length > buffer.Length || position + 2 + length > footer.OrdersStart)
                throw new FlowIndexException(FlowIndexFault.Damaged, $"name {number} does not fit");
            pages.Read(position + 2, buffer.AsSpan(0, length));
            position += 2 + length;
            if (Matches(buffer.AsSpan(0, length), wanted, condition.NamePart))
                found.Set(number);
        }
        return found;
    }

    /// <summary>Whether one of the names, which are joined by line feeds, is the wanted one or holds it. ASCII letters match in both cases.</summary>
    public static bool Matches(Span<byte> names, ReadOnlySpan<byte> wantedLower, bool part)
    {
        Lower(names);
        if (part)
            return names.IndexOf(wantedLower) >= 0;
        foreach (var range in ((ReadOnlySpan<byte>)names).Split((byte)'\n'))
        {
            if (names[range].SequenceEqual(wantedLower))
                return true;
        }
        return false;
    }

    private static void Lower(Span<byte> text) => Ascii.ToLowerInPlace(text, out _);
}
