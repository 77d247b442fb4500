// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Index;

/// <summary>The numbers of flow.idx, see docs/formats/flow-index.md.</summary>
internal static class IndexFormat
{
    /// <summary>The first eight bytes of the footer page, "TCIFIDX1" read as a little-endian number.</summary>
    public const ulong Magic = 0x3158_4449_4649_4354;

    public const int PageBytes = 16_384;

    /// <summary>What a page holds besides its checksum.</summary>
    public const int PageDataBytes = PageBytes - 8;

    public const int BlockRows = 16_384;

    /// <summary>Row numbers are 32 bits.</summary>
    public const long RowsMax = uint.MaxValue;

    /// <summary>A name of a row: its columns joined by line feeds, cut to this length.</summary>
    public const int NameBytesMax = 2048;

    /// <summary>The columns whose texts make up a row's name.</summary>
    public static readonly string[] NameColumns = ["DNS_NAME", "HTTP_REQUEST_HOST", "QUIC_SNI", "TLS_SNI"];

    /// <summary>Bytes of a value of each <see cref="IndexColumn"/>.</summary>
    public static ReadOnlySpan<byte> Widths => [8, 4, 4, 8, 8, 8, 8, 16, 16, 2, 2, 1];

    public const int RowBytes = 85;

    /// <summary>Where a column begins in a block of so many rows.</summary>
    public static int ColumnStart(IndexColumn column, int rows)
    {
        var before = 0;
        foreach (var width in Widths[..(int)column])
            before += width;
        return before * rows;
    }
}

/// <summary>What the index keeps of a row, in the order in which a block holds it.</summary>
internal enum IndexColumn
{
    /// <summary>Where the row begins in flow.csv; it ends where the next begins.</summary>
    Start,

    /// <summary>The low half of XXH64 over the row's bytes.</summary>
    Check,

    /// <summary>Number of the row's name; 0 is no name.</summary>
    Name,
    First,
    Last,
    Bytes,
    Packets,
    Source,
    Destination,
    SourcePort,
    DestinationPort,
    Protocol,
}
