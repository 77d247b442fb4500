// SPDX-License-Identifier: BSD-3-Clause
using System.IO.Compression;
using Microsoft.Extensions.Logging.Abstractions;
using Tci.Api.Files;
using Tci.Contracts;

namespace Tci.Api.Tests.Files;

[TestClass]
public sealed class ZipLayoutTests
{
    private const long Gibibyte = 1L << 30;

    private static DataSetFile Listed(string path, long size) =>
        new(path, Samples.Capture, new DataFile(path, size, new string('a', 64), "00000000", false));

    private static DataSet Of(params DataSetFile[] files) => new() { Manifest = Samples.Manifest(files), Files = files };

    private static SegmentStream Open(ZipLayout layout, IDataSetFiles files) =>
        new(layout.Segments, new FileReader(files, new ApiOptions(), TimeProvider.System, NullLogger<FileReader>.Instance));

    [TestMethod]
    [DataRow(new[] { 0xFFFFFFFEL }, DisplayName = "the largest plain size")]
    [DataRow(new[] { 0xFFFFFFFFL }, DisplayName = "the smallest zip64 size")]
    [DataRow(new[] { 5 * Gibibyte, 10L }, DisplayName = "a plain file behind 4 GiB")]
    [DataRow(new[] { 3 * Gibibyte, 3 * Gibibyte, 7L }, DisplayName = "large in sum only")]
    [DataRow(new[] { 900 * Gibibyte, 1L, 5 * Gibibyte, 0L }, DisplayName = "everything large")]
    public async Task Large_archives_are_read_with_their_sizes_and_places(long[] sizes)
    {
        var files = sizes.Select((size, i) => Listed($"f{i}", size)).ToArray();
        var layout = ZipLayout.Of(Of(files)).Value!;
        Assert.IsGreaterThan(sizes.Sum(), layout.Length);
        // The framework's reader wants a synchronous stream; it only looks at headers here, at the places the directory names.
        using var zip = new ZipArchive(new Blocking(Open(layout, new SparseFiles())), ZipArchiveMode.Read);
        CollectionAssert.AreEqual(sizes, zip.Entries.Skip(1).Select(e => e.Length).ToArray());
        foreach (var (entry, i) in zip.Entries.Skip(1).Select((e, i) => (e, i)).Where(p => p.e.Length > 0))
        {
            await using var content = entry.Open();
            Assert.AreEqual((byte)(i == 0 ? 1 : i + 1), (byte)content.ReadByte(), entry.FullName);
        }
    }

    [TestMethod]
    public void More_entries_than_16_bits_count_need_zip64_and_are_all_there()
    {
        var files = Enumerable.Range(0, 70_000).Select(i => Listed($"f{i}", 0)).ToArray();
        var layout = ZipLayout.Of(Of(files)).Value!;
        using var zip = new ZipArchive(new Blocking(Open(layout, new SparseFiles())), ZipArchiveMode.Read);
        Assert.HasCount(70_001, zip.Entries);
    }

    [TestMethod]
    public void Small_archives_carry_no_zip64_records()
    {
        var layout = ZipLayout.Of(Of(Listed("f", 10))).Value!;
        var bytes = layout.Segments.OfType<BytesSegment>().SelectMany(s => s.Bytes.ToArray()).ToArray();
        Assert.AreEqual(-1, bytes.AsSpan().IndexOf("PK\u0006\u0006"u8));
        Assert.AreEqual(-1, bytes.AsSpan().IndexOf("PK\u0006\u0007"u8));
    }

    [TestMethod]
    public void Another_content_of_the_same_size_is_another_tag()
    {
        var one = Listed("f", 10);
        var two = one with { Source = one.Source with { Sha256 = new string('b', 64) } };
        Assert.AreNotEqual(ZipLayout.Of(Of(one)).Value!.ETag, ZipLayout.Of(Of(two)).Value!.ETag);
    }

    [TestMethod]
    [DataRow("../x")]
    [DataRow("/etc/passwd")]
    [DataRow("a/../../x")]
    [DataRow("a//b")]
    [DataRow("a/")]
    [DataRow("")]
    [DataRow("a\\b")]
    [DataRow("a\nb")]
    [DataRow("a\0b")]
    [DataRow("manifest.json")]
    public void A_name_that_would_harm_who_unpacks_is_refused(string path) =>
        Assert.AreEqual(ProblemCodes.CollectionFailed, ZipLayout.Of(Of(Listed(path, 1))).Problem?.Code);

    [TestMethod]
    public void A_name_that_is_there_twice_is_refused() =>
        Assert.AreEqual(ProblemCodes.CollectionFailed, ZipLayout.Of(Of(Listed("a", 1), Listed("a", 2))).Problem?.Code);

    [TestMethod]
    [DataRow(1970)]
    [DataRow(2200)]
    public void Ends_outside_of_what_zip_can_say_are_kept_within(int year)
    {
        var dataSet = Of(Listed("f", 0));
        dataSet = dataSet with { Manifest = dataSet.Manifest with { Ended = new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero) } };
        using var zip = new ZipArchive(new Blocking(Open(ZipLayout.Of(dataSet).Value!, new SparseFiles())), ZipArchiveMode.Read);
        Assert.AreEqual(Math.Clamp(year, 1980, 2107), zip.Entries[0].LastWriteTime.Year);
    }

    [TestMethod]
    public void The_checksum_is_the_one_everybody_uses() => Assert.AreEqual(0xCBF43926u, Crc32.Of("123456789"u8));

    /// <summary>Files of any size; file f3 is full of fours, the first one of ones and so on.</summary>
    private sealed class SparseFiles : IDataSetFiles
    {
        public Task<Answer<Stream>> Open(CaptureId capture, string path, long offset, CancellationToken cancel) =>
            FakeGrains.Answers(new Answer<Stream>(new Endless((byte)(int.Parse(path[1..]) + 1)), null));
    }

    private sealed class Endless(byte value) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill(value);
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class Blocking(SegmentStream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
