// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures.Compression;
using Tci.Flows.Table;

namespace Tci.Flows.Index;

/// <summary>Hashes a file while it is read, as <see cref="CsvFingerprint.OfAll"/> does.</summary>
internal sealed class HashedStream(Stream stream) : ForwardStream
{
    private readonly byte[] piece = new byte[CsvFingerprint.PieceBytes];
    private int length;
    private ulong hash;

    /// <summary>Bytes read so far.</summary>
    public long Count { get; private set; }

    /// <summary>The hash of all that was read.</summary>
    public ulong Hash => length == 0 ? hash : XxHash64.Hash(hash, XxHash64.Hash(piece.AsSpan(0, length)));

    public override int Read(Span<byte> buffer)
    {
        var read = stream.Read(buffer);
        Count += read;
        for (var rest = buffer[..read]; rest.Length > 0;)
        {
            var step = Math.Min(rest.Length, piece.Length - length);
            rest[..step].CopyTo(piece.AsSpan(length));
            rest = rest[step..];
            length += step;
            if (length < piece.Length)
                continue;
            hash = XxHash64.Hash(hash, XxHash64.Hash(piece));
            length = 0;
        }
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        stream.Dispose();
        base.Dispose(disposing);
    }
}
