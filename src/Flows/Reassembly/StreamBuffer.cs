// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Table;

namespace Tci.Flows.Reassembly;

/// <summary>
/// The beginning of a stream of bytes that comes in pieces, in any order and more than once. Bytes that are there
/// already stay as they came first.
/// </summary>
internal sealed class StreamBuffer : IPooled
{
    /// <summary>The bound per flow and direction, in bytes; no handshake or header block of real clients comes near it.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The bound on pieces that do not touch each other.</summary>
    public const int MaxPieces = 16;

    private readonly byte[] bytes = new byte[MaxBytes];
    private readonly Piece[] pieces = new Piece[MaxPieces];
    private int count;

    /// <summary>TCP's sequence number of the first byte.</summary>
    public uint FirstSequence { get; set; }

    /// <summary>Everything from the first byte to the first gap.</summary>
    public ReadOnlySpan<byte> Prefix => bytes.AsSpan(0, PrefixBytes);

    public int PrefixBytes => count > 0 && pieces[0].Start == 0 ? pieces[0].End : 0;

    /// <inheritdoc/>
    public void Clear() => count = 0;

    /// <summary>Adds a piece; false when it would go beyond one of the bounds, and is not added.</summary>
    public bool TryAdd(long offset, ReadOnlySpan<byte> piece)
    {
        if (offset < 0)
            return TryAddRest(offset, piece);
        if (offset + piece.Length > MaxBytes)
            return false;
        if (piece.IsEmpty)
            return true;
        var (start, end) = ((int)offset, (int)offset + piece.Length);
        var first = 0;
        while (first < count && pieces[first].End < start)
            first++;
        var last = first;
        while (last < count && pieces[last].Start <= end)
            last++;
        if (first == last && count == MaxPieces)
            return false;
        FillGaps(start, piece, first, last);
        Join(first, last, new Piece(start, end));
        return true;
    }

    /// <summary>What lies before the stream's beginning is left out.</summary>
    private bool TryAddRest(long offset, ReadOnlySpan<byte> piece) =>
        offset + piece.Length <= 0 || TryAdd(0, piece[(int)-offset..]);

    private void FillGaps(int start, ReadOnlySpan<byte> piece, int first, int last)
    {
        var end = start + piece.Length;
        var at = start;
        for (var i = first; i < last; i++)
        {
            if (pieces[i].Start > at)
                piece[(at - start)..(pieces[i].Start - start)].CopyTo(bytes.AsSpan(at));
            at = Math.Max(at, pieces[i].End);
        }
        if (at < end)
            piece[(at - start)..].CopyTo(bytes.AsSpan(at));
    }

    /// <summary>Replaces the pieces from first to before last, all of which the added one touches, by one.</summary>
    private void Join(int first, int last, Piece added)
    {
        if (first < last)
            added = new Piece(Math.Min(added.Start, pieces[first].Start), Math.Max(added.End, pieces[last - 1].End));
        Array.Copy(pieces, last, pieces, first + 1, count - last);
        pieces[first] = added;
        count += 1 - (last - first);
    }

    private readonly record struct Piece(int Start, int End);
}
