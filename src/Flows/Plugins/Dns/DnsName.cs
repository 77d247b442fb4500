// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Dns;

/// <summary>Domain names inside a message, with compression pointers (RFC 1035, section 4.1.4).</summary>
internal static class DnsName
{
    // Labels and pointers together; what ends a loop of pointers.
    private const int MaxSteps = 128;
    private const int MaxLabelBytes = 63;

    /// <summary>Appends the name at an offset, labels joined by dots; false when it leaves the message or does not end.</summary>
    public static bool TryAppend(ReadOnlySpan<byte> message, int offset, TextField to)
    {
        var first = true;
        for (var steps = 0; ; steps++)
        {
            if (offset >= message.Length)
                return false;
            int head = message[offset];
            if (head == 0)
                return true;
            if (steps >= MaxSteps || offset + 1 >= message.Length)
                return false;
            if ((head & 0xC0) == 0xC0)
            {
                offset = ((head & 0x3F) << 8) | message[offset + 1];
                continue;
            }
            if (head > MaxLabelBytes || offset + head + 2 > message.Length)
                return false;
            if (!first)
                to.Append((byte)'.');
            to.Append(message.Slice(offset + 1, head));
            first = false;
            offset += head + 1;
        }
    }

    /// <summary>Bytes the name takes where it stands; -1 when it leaves the message.</summary>
    public static int EncodedBytes(ReadOnlySpan<byte> message, int offset)
    {
        var start = offset;
        while (offset < message.Length)
        {
            int head = message[offset];
            if (head == 0)
                return offset - start + 1;
            if ((head & 0xC0) == 0xC0)
                return offset - start + 2;
            offset += head + 1;
        }
        return -1;
    }
}
