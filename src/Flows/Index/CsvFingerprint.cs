// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Win32.SafeHandles;
using Tci.Flows.Table;

namespace Tci.Flows.Index;

/// <summary>
/// Tells whether a flow.csv is still the one the index was made from. On opening, 64 samples of 4 KiB spread evenly
/// over the file (all of it up to 256 KiB) are hashed, whatever its size; the hash of the whole is for <c>--check</c>.
/// Every row that is handed out is checked by itself besides.
/// </summary>
internal static class CsvFingerprint
{
    private const int Samples = 64;
    private const int SampleBytes = 4096;
    public const int PieceBytes = 1 << 20;

    public static ulong OfSamples(SafeFileHandle file, long size)
    {
        var bytes = new byte[(int)Math.Min(size, Samples * SampleBytes)];
        if (size <= bytes.Length)
        {
            Fill(file, bytes, 0);
            return XxHash64.Hash(bytes);
        }
        for (var i = 0; i < Samples; i++)
            Fill(file, bytes.AsSpan(i * SampleBytes, SampleBytes), (long)((size - SampleBytes) * (Int128)i / (Samples - 1)));
        return XxHash64.Hash(bytes);
    }

    /// <summary>XXH64 over pieces of 1 MiB, each joined with what came before it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two pieces.</exception>
    public static ulong OfAll(SafeFileHandle file, long size, CancellationToken cancellation)
    {
        var hash = 0UL;
        var piece = new byte[PieceBytes];
        for (var at = 0L; at < size; at += PieceBytes)
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = piece.AsSpan(0, (int)Math.Min(PieceBytes, size - at));
            Fill(file, bytes, at);
            hash = XxHash64.Hash(hash, XxHash64.Hash(bytes));
        }
        return hash;
    }

    // A file that became shorter meanwhile reads as zeros: the hash will not match.
    private static void Fill(SafeFileHandle file, Span<byte> bytes, long at)
    {
        while (bytes.Length > 0 && RandomAccess.Read(file, bytes, at) is > 0 and var read)
        {
            bytes = bytes[read..];
            at += read;
        }
        bytes.Clear();
    }
}
