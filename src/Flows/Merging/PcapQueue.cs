// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Merging;

/// <summary>
/// The files of one queue as one stream of records. After <see cref="Read"/> returned true, the properties are those of that record until the next call.
/// </summary>
internal sealed class PcapQueue(IReadOnlyList<string> files) : IDisposable
{
    public const uint MagicNanoseconds = 0xA1B23C4D;
    public const int FileHeaderBytes = 24;
    private const int RecordHeaderBytes = 16;

    // libpcap's own limit (MAXIMUM_SNAPLEN); a longer packet is a sign of damage.
    private const uint PacketBytesMax = 262_144;
    private const int WindowBytes = 512 * 1024;

    private readonly byte[] window = new byte[WindowBytes];
    private FileStream? file;
    private int next;
    private int start;
    private int end;
    private int recordBytes;
    private long consumedBefore;

    /// <summary>The file being read.</summary>
    public string Path => files[next - 1];

    /// <summary>Of the first usable file; null before there was one.</summary>
    public uint? LinkType { get; private set; }

    public uint Snaplen { get; private set; }

    /// <summary>Nanoseconds since 1970.</summary>
    public ulong Time { get; private set; }

    /// <summary>The record with its header, as it is in the file.</summary>
    public ReadOnlySpan<byte> Record => window.AsSpan(start, recordBytes);

    /// <summary>Bytes of the files done with.</summary>
    public long Consumed => consumedBefore + (file is null ? 0 : Offset);

    public List<MergeCut> Cuts { get; } = [];

    private long Offset => file!.Position - (end - start);

    /// <summary>Moves to the next record, through all files; false at the end of the last.</summary>
    public bool Read()
    {
        start += recordBytes;
        recordBytes = 0;
        while (file is not null || next < files.Count)
        {
            if (file is null && !OpenNext()) continue;
            if (ReadRecord()) return true;
            CloseFile();
        }
        return false;
    }

    public void Dispose() => file?.Dispose();

    private bool OpenNext()
    {
        file = new FileStream(files[next++], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        start = end = 0;
        if (!Fill(FileHeaderBytes))
        {
            CloseFile();
            return false;
        }
        var header = window.AsSpan(start, FileHeaderBytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != MagicNanoseconds)
            throw new InvalidDataException($"{Path} is not a little-endian pcap with nanoseconds.");
        var link = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        LinkType ??= link;
        if (link != LinkType) throw new InvalidDataException($"Link type {link} of {Path} is not {LinkType}, that of the file before it.");
        Snaplen = Math.Max(Snaplen, BinaryPrimitives.ReadUInt32LittleEndian(header[16..]));
        start += FileHeaderBytes;
        return true;
    }

    private bool ReadRecord()
    {
        if (!Fill(RecordHeaderBytes)) return false;
        var header = window.AsSpan(start, RecordHeaderBytes);
        var captured = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        // A header of zeros is space that was reserved and never written.
        if (captured > PacketBytesMax || !header.ContainsAnyExcept((byte)0)) return false;
        if (!Fill(RecordHeaderBytes + (int)captured)) return false;
        header = window.AsSpan(start, RecordHeaderBytes);
        Time = (BinaryPrimitives.ReadUInt32LittleEndian(header) * 1_000_000_000UL) + BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        recordBytes = RecordHeaderBytes + (int)captured;
        return true;
    }

    private void CloseFile()
    {
        var offset = Offset;
        if (file!.Length > offset) Cuts.Add(new MergeCut(Path, offset, file.Length - offset));
        consumedBefore += file.Length;
        file.Dispose();
        file = null;
        start = end = 0;
    }

    /// <summary>Has at least so many bytes in the window; false when the file ends before.</summary>
    private bool Fill(int count)
    {
        if (end - start >= count) return true;
        window.AsSpan(start, end - start).CopyTo(window);
        end -= start;
        start = 0;
        while (end < count)
        {
            var read = file!.Read(window, end, window.Length - end);
            if (read == 0) return false;
            end += read;
        }
        return true;
    }
}
