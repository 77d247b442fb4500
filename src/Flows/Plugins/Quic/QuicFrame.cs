// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>The frames of Initial packets (RFC 9000, section 19).</summary>
internal static class QuicFrame
{
    public const byte Padding = 0x00;
    public const byte Ping = 0x01;
    public const byte Ack = 0x02;
    public const byte AckWithEcn = 0x03;
    public const byte Crypto = 0x06;
    public const byte ConnectionClose = 0x1C;
    public const byte ApplicationClose = 0x1D;

    /// <summary>
    /// Whether a payload of so many bytes may begin like this. Noise hardly ever does: a payload decrypted with other keys
    /// is told without the exception that a wrong tag costs.
    /// </summary>
    public static bool MayBegin(ReadOnlySpan<byte> start, int payloadBytes)
    {
        var at = start.IndexOfAnyExcept(Padding, Ping);
        if (at < 0)
            return true;
        var type = start[at++];
        if (type != Crypto)
            return type is Ack or AckWithEcn or ConnectionClose or ApplicationClose;
        // A long stream offset is legal but no handshake's; the length must fit. Both may lie behind the bytes seen.
        if (VariableInteger.TryRead(start, ref at, out var offset) && offset > uint.MaxValue)
            return false;
        return !VariableInteger.TryRead(start, ref at, out var length) || length <= (ulong)payloadBytes;
    }

    /// <summary>Moves behind a frame that brings no handshake bytes; false for any other type. A frame that is cut off ends the payload.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> payload, ref int at)
    {
        var type = payload[at++];
        switch (type)
        {
            case Padding:
                at += payload[at..].IndexOfAnyExcept(Padding) is var run && run < 0 ? payload.Length - at : run;
                return true;
            case Ping:
                return true;
            case Ack or AckWithEcn:
                SkipAck(payload, ref at, withEcn: type == AckWithEcn);
                return true;
            case ConnectionClose or ApplicationClose:
                SkipClose(payload, ref at, withFrameType: type == ConnectionClose);
                return true;
            default:
                return false;
        }
    }

    private static void SkipAck(ReadOnlySpan<byte> payload, ref int at, bool withEcn)
    {
        VariableInteger.TryRead(payload, ref at, out _); // largest acknowledged
        VariableInteger.TryRead(payload, ref at, out _); // delay
        VariableInteger.TryRead(payload, ref at, out var ranges);
        VariableInteger.TryRead(payload, ref at, out _); // first range
        for (var i = 0UL; i < ranges; i++)
        {
            if (!VariableInteger.TryRead(payload, ref at, out _) || !VariableInteger.TryRead(payload, ref at, out _))
                break;
        }
        for (var i = 0; withEcn && i < 3; i++)
            VariableInteger.TryRead(payload, ref at, out _);
    }

    private static void SkipClose(ReadOnlySpan<byte> payload, ref int at, bool withFrameType)
    {
        VariableInteger.TryRead(payload, ref at, out _); // error code
        if (withFrameType)
            VariableInteger.TryRead(payload, ref at, out _);
        VariableInteger.TryRead(payload, ref at, out var reasonBytes);
        at += (int)Math.Min(reasonBytes, (ulong)(payload.Length - at));
    }
}
