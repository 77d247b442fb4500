// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Plugins.Tls;

/// <summary>The two list-shaped extensions whose texts are told.</summary>
internal static class NameLists
{
    /// <summary>The first name of a server_name extension (RFC 6066, section 3); the field keeps its value where there is none.</summary>
    public static void ReadServerName(ReadOnlySpan<byte> fromBody, TextField to)
    {
        const int EntryHeaderBytes = 3;
        if (!TryList(fromBody, out var list) || list.Length <= EntryHeaderBytes)
            return;
        var length = BinaryPrimitives.ReadUInt16BigEndian(list[1..]);
        if (EntryHeaderBytes + length > list.Length)
            return;
        to.Set(list.Slice(EntryHeaderBytes, length));
        to.CutAtNul();
    }

    /// <summary>The protocol names of an ALPN extension (RFC 7301, section 3.1) joined by semicolons, as many as fit whole.</summary>
    public static void ReadAlpn(ReadOnlySpan<byte> fromBody, TextField to)
    {
        if (!TryList(fromBody, out var list) || !to.IsEmpty)
            return;
        while (list.Length > 1 && list[0] < list.Length)
        {
            if (to.Room <= list[0] + 1)
                break;
            if (!to.IsEmpty)
                to.Append((byte)';');
            to.Append(list.Slice(1, list[0]));
            list = list[(list[0] + 1)..];
        }
        to.CutAtNul();
    }

    /// <summary>A list with a two-byte length; it may reach beyond its extension but not beyond the block.</summary>
    public static bool TryList(ReadOnlySpan<byte> fromBody, out ReadOnlySpan<byte> list)
    {
        list = default;
        if (fromBody.Length < 2)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(fromBody);
        if (fromBody.Length < 2 + length)
            return false;
        list = fromBody.Slice(2, length);
        return true;
    }
}
