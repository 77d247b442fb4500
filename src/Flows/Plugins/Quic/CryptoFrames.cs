// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>
/// The frames an Initial packet may hold (RFC 9000, section 12.4), and the handshake bytes of one datagram put together
/// the way ipfixprobe does: by offset into a buffer of fixed size, without looking for gaps.
/// </summary>
internal sealed class CryptoFrames
{
    /// <summary>Of a payload and of what is put together; more is left out.</summary>
    public const int BufferBytes = 1500;

    private const int NothingYet = ushort.MaxValue;

    private readonly byte[] assembled = new byte[BufferBytes];
    private int start = NothingYet;
    private int length;
    private int helloAt = -1;

    /// <summary>The type of the handshake message read last in this datagram; 0 before there was one.</summary>
    public byte HandshakeType => helloAt >= 0 ? assembled[helloAt] : (byte)0;

    /// <summary>What the last <see cref="TryAssemble"/> put together.</summary>
    public ReadOnlySpan<byte> Message => assembled.AsSpan(start, Math.Min(length, BufferBytes - start));

    /// <summary>Begins a datagram.</summary>
    public void Clear()
    {
        assembled.AsSpan().Clear();
        helloAt = -1;
    }

    /// <summary>Takes the frames of one decrypted packet; false when one is of another type, or none brings handshake bytes.</summary>
    public bool TryAssemble(ReadOnlySpan<byte> payload)
    {
        start = NothingYet;
        length = 0;
        for (var at = 0; at < payload.Length;)
        {
            if (payload[at] == QuicFrame.Crypto)
                Copy(payload, ref at);
            else if (!QuicFrame.TrySkip(payload, ref at))
                return false;
        }
        if (start == NothingYet)
            return false;
        helloAt = start;
        return true;
    }

    private void Copy(ReadOnlySpan<byte> payload, ref int at)
    {
        at++;
        VariableInteger.TryRead(payload, ref at, out var offset);
        VariableInteger.TryRead(payload, ref at, out var announced);
        var place = (int)Math.Min((uint)offset, BufferBytes - 1);
        var count = (int)Math.Min((uint)(BufferBytes - 1 - place), (uint)announced);
        count = Math.Min(count, payload.Length - at);
        payload.Slice(at, count).CopyTo(assembled.AsSpan(place));
        start = Math.Min(start, place);
        length += count;
        at += count;
    }
}
