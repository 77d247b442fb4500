// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Api.Files;

/// <summary>The records of a zip file (PKWARE APPNOTE 6.3.10). Sizes and offsets that do not fit 32 bits go into zip64 fields; all others stay as old programs read them.</summary>
internal static class ZipRecords
{
    private const ushort VersionPlain = 20;
    private const ushort VersionZip64 = 45;
    private const ushort MadeByUnix = 3 << 8;
    private const ushort Utf8Name = 1 << 11;
    private const uint RegularFile0644 = 0x81A4_0000;
    private const ushort Zip64Id = 0x0001;
    private const ushort TimestampId = 0x5455;

    /// <summary>4.3.7: stands before an entry's bytes.</summary>
    public static byte[] LocalHeader(ZipEntry entry)
    {
        var isLarge = Needs64(entry.Size);
        return Write(w =>
        {
            w.Write(0x04034b50u);
            w.Write(isLarge ? VersionZip64 : VersionPlain);
            WriteFacts(w, entry);
            var extra = Extra(entry, isLarge ? [entry.Size, entry.Size] : []);
            w.Write((ushort)extra.Length);
            w.Write(entry.Name);
            w.Write(extra);
        });
    }

    /// <summary>4.3.12: names an entry and where its local header is.</summary>
    public static byte[] CentralHeader(ZipEntry entry, long offset)
    {
        var large = new List<long>();
        if (Needs64(entry.Size)) large.AddRange([entry.Size, entry.Size]);
        if (Needs64(offset)) large.Add(offset);
        var version = large.Count > 0 ? VersionZip64 : VersionPlain;
        return Write(w =>
        {
            w.Write(0x02014b50u);
            w.Write((ushort)(MadeByUnix | version));
            w.Write(version);
            WriteFacts(w, entry);
            var extra = Extra(entry, large);
            w.Write((ushort)extra.Length);
            w.Write((ushort)0); // comment
            w.Write((ushort)0); // disk
            w.Write((ushort)0); // internal attributes
            w.Write(RegularFile0644);
            w.Write(Low(offset));
            w.Write(entry.Name);
            w.Write(extra);
        });
    }

    /// <summary>4.3.14 to 4.3.16: closes the file.</summary>
    public static byte[] End(int count, long directoryOffset, long directoryLength) => Write(w =>
    {
        if (count >= ushort.MaxValue || Needs64(directoryOffset) || Needs64(directoryLength)) WriteEnd64(w, count, directoryOffset, directoryLength);
        w.Write(0x06054b50u);
        w.Write(0u); // this disk, and the directory's
        w.Write((ushort)Math.Min(count, ushort.MaxValue));
        w.Write((ushort)Math.Min(count, ushort.MaxValue));
        w.Write(Low(directoryLength));
        w.Write(Low(directoryOffset));
        w.Write((ushort)0); // comment
    });

    private static void WriteEnd64(BinaryWriter w, int count, long directoryOffset, long directoryLength)
    {
        w.Write(0x06064b50u);
        w.Write(44L); // what follows of this record
        w.Write((ushort)(MadeByUnix | VersionZip64));
        w.Write(VersionZip64);
        w.Write(0L); // this disk, and the directory's
        w.Write((long)count);
        w.Write((long)count);
        w.Write(directoryLength);
        w.Write(directoryOffset);
        w.Write(0x07064b50u);
        w.Write(0u);
        w.Write(directoryOffset + directoryLength);
        w.Write(1u); // disks
    }

    /// <summary>From the flags to the name's length: the same in both headers.</summary>
    private static void WriteFacts(BinaryWriter w, ZipEntry entry)
    {
        w.Write(Utf8Name);
        w.Write((ushort)0); // stored
        w.Write(DosTime(entry.Modified));
        w.Write(entry.Crc32);
        w.Write(Low(entry.Size));
        w.Write(Low(entry.Size));
        w.Write((ushort)entry.Name.Length);
    }

    private static byte[] Extra(ZipEntry entry, List<long> large) => Write(w =>
    {
        // The DOS time has no zone; this one (modification, seconds since 1970) does not need one.
        w.Write(TimestampId);
        w.Write((ushort)5);
        w.Write((byte)1);
        w.Write((int)Math.Clamp(entry.Modified.ToUnixTimeSeconds(), int.MinValue, int.MaxValue));
        if (large.Count == 0) return;
        w.Write(Zip64Id);
        w.Write((ushort)(large.Count * sizeof(long)));
        foreach (var value in large) w.Write(value);
    });

    private static uint DosTime(DateTimeOffset instant)
    {
        var t = instant.UtcDateTime;
        if (t.Year < 1980) return (1 << 21) | (1 << 16);
        var date = (Math.Min(t.Year, 2107) - 1980) << 9 | t.Month << 5 | t.Day;
        return (uint)(date << 16 | t.Hour << 11 | t.Minute << 5 | t.Second / 2);
    }

    private static bool Needs64(long value) => value >= uint.MaxValue;

    private static uint Low(long value) => Needs64(value) ? uint.MaxValue : (uint)value;

    private static byte[] Write(Action<BinaryWriter> write)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes)) write(writer);
        return bytes.ToArray();
    }
}
