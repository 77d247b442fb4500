// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Plugins.Quic;

/// <summary>The QUIC transport parameters inside a ClientHello (RFC 9000, section 18).</summary>
internal static class TransportParameters
{
    // Google's; Chrome put name and platform there.
    private const ulong UserAgent = 0x3129;

    /// <summary>
    /// Takes the user agent out of the parameters. Compatible mode counts from two length bytes that only drafts had: it
    /// reads that many bytes, also behind the extension, and nothing when they leave the block.
    /// </summary>
    /// <param name="fromBody">The extension's data and what follows it in the block.</param>
    /// <param name="length">Bytes of the extension.</param>
    /// <param name="mode">Whether to keep to the extension.</param>
    /// <param name="to">Keeps its value when there is none.</param>
    public static void ReadUserAgent(ReadOnlySpan<byte> fromBody, int length, ExportMode mode, TextField to)
    {
        var end = length;
        if (mode == ExportMode.Compatible)
        {
            if (fromBody.Length < 2)
                return;
            end = BinaryPrimitives.ReadUInt16BigEndian(fromBody) + 2;
            if (end > fromBody.Length)
                return;
        }
        for (var at = 0; at < end;)
        {
            if (!VariableInteger.TryRead(fromBody, ref at, out var parameter) || !VariableInteger.TryRead(fromBody, ref at, out var bytes))
                return;
            var taken = (int)Math.Min(bytes, (ulong)(fromBody.Length - at));
            if (parameter != UserAgent)
            {
                at += taken;
                continue;
            }
            taken = Math.Min(taken, QuicHello.MaxTextBytes);
            to.Set(fromBody.Slice(at, taken));
            to.CutAtNul();
            at += taken;
        }
    }
}
