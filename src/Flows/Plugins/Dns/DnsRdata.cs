// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Csv;

namespace Tci.Flows.Plugins.Dns;

/// <summary>The data of one record, written as the text the DNS_RDATA column holds.</summary>
internal readonly ref struct DnsRdata(ReadOnlySpan<byte> message, int owner, int start, int length, ExportMode mode)
{
    private readonly ReadOnlySpan<byte> message = message;

    private ReadOnlySpan<byte> Data => message.Slice(start, length);

    /// <summary>False when a name or number leaves the message.</summary>
    public bool TryWrite(ushort type, TextField to)
    {
        switch (type)
        {
            case DnsType.A or DnsType.Aaaa:
                return WriteAddress(type == DnsType.A ? 4 : 16, to);
            case DnsType.Ns or DnsType.Cname or DnsType.Ptr or DnsType.Dname:
                return Name(start, to);
            case DnsType.Soa:
                return WriteSoa(to);
            case DnsType.Mx:
                return Numbers(to, start, 2) && Name(start + 2, to);
            case DnsType.Srv:
                return WriteSrv(to);
            case DnsType.Minfo:
                return Name(start, to) && Name(start + Math.Max(0, DnsName.EncodedBytes(message, start)), to);
            case DnsType.Txt:
                return WriteTexts(to);
            case DnsType.Hinfo or DnsType.Isdn:
                to.Append(Data);
                return true;
            case DnsType.Ds:
                return WriteDs(to);
            case DnsType.Rrsig:
                return Numbers(to, start, 2, 1, 1, 4, 4, 4, 2) && Key(to) && DnsName.EncodedBytes(message, start + 18) > 0;
            case DnsType.Dnskey:
                return Numbers(to, start, 2, 1, 1) && Key(to);
            default:
                to.Append("(not_impl)"u8);
                return true;
        }
    }

    private bool Name(int offset, TextField to) => DnsName.TryAppend(message, offset, to);

    private static bool Key(TextField to)
    {
        to.Append("<key>"u8);
        return true;
    }

    private bool WriteAddress(int bytes, TextField to)
    {
        if (start + bytes > message.Length)
            return false;
        Span<byte> text = stackalloc byte[64];
        var written = bytes == 4
            ? AddressText.WriteVersion4(BinaryPrimitives.ReadUInt32BigEndian(message[start..]), text)
            : AddressText.WriteVersion6(BinaryPrimitives.ReadUInt128BigEndian(message[start..]), text);
        to.Append(text[..written]);
        return true;
    }

    /// <summary>Big-endian numbers of the given sizes in bytes, each followed by a space.</summary>
    private bool Numbers(TextField to, int offset, params ReadOnlySpan<int> sizes)
    {
        foreach (var size in sizes)
        {
            if (offset + size > message.Length)
                return false;
            var value = 0u;
            foreach (var b in message.Slice(offset, size))
                value = (value << 8) | b;
            to.Append(value);
            to.Append((byte)' ');
            offset += size;
        }
        return true;
    }

    private bool WriteSoa(TextField to)
    {
        var second = start + DnsName.EncodedBytes(message, start);
        if (second <= start || !Name(start, to))
            return false;
        to.Append((byte)' ');
        var numbers = second + DnsName.EncodedBytes(message, second);
        if (numbers <= second || !Name(second, to))
            return false;
        to.Append((byte)' ');
        return Numbers(to, numbers, 4, 4, 4, 4) && LastNumber(to, numbers + 16);
    }

    private bool LastNumber(TextField to, int offset)
    {
        if (offset + 4 > message.Length)
            return false;
        to.Append(BinaryPrimitives.ReadUInt32BigEndian(message[offset..]));
        return true;
    }

    private bool WriteSrv(TextField to)
    {
        if (start + 6 > message.Length || !DnsServiceName.TryAppend(message, owner, to))
            return false;
        to.Append((byte)' ');
        if (!Name(start + 6, to))
            return false;
        foreach (var at in (ReadOnlySpan<int>)[start, start + 2, start + 4])
        {
            to.Append((byte)' ');
            to.Append((uint)BinaryPrimitives.ReadUInt16BigEndian(message[at..]));
        }
        return true;
    }

    /// <summary>Strings joined by a space, as far as they lie inside the data.</summary>
    private bool WriteTexts(TextField to)
    {
        var rest = Data;
        for (var first = true; rest.Length > 0 && rest.Length > rest[0]; first = false)
        {
            if (!first)
                to.Append((byte)' ');
            to.Append(rest.Slice(1, rest[0]));
            rest = rest[(rest[0] + 1)..];
        }
        return true;
    }

    /// <summary>Key tag, algorithm, digest type. ipfixprobe writes the key tag again, bytes swapped, in place of the algorithm.</summary>
    private bool WriteDs(TextField to)
    {
        if (mode == ExportMode.Full || start + 4 > message.Length)
            return Numbers(to, start, 2, 1, 1) && Key(to);
        return Numbers(to, start, 2) && SwappedTag(to) && Numbers(to, start + 3, 1) && Key(to);
    }

    private bool SwappedTag(TextField to)
    {
        to.Append((uint)BinaryPrimitives.ReadUInt16LittleEndian(message[start..]));
        to.Append((byte)' ');
        return true;
    }
}
