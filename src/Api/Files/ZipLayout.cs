// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using System.Text;
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>
/// A data set as a zip file: which bytes stand where, computed from the data set's record alone. So its length, its ETag and any range of it are known
/// without a file being read.
/// </summary>
internal sealed record ZipLayout(IReadOnlyList<Segment> Segments, long Length, string ETag)
{
    private const int NameBytesMax = ushort.MaxValue;

    public static Answer<ZipLayout> Of(DataSet dataSet)
    {
        if (BadName(dataSet) is { } problem) return problem;
        var manifest = ManifestBytes.Of(dataSet.Manifest);
        var modified = dataSet.Manifest.Ended;
        var layout = new Builder();
        layout.Add(new ZipEntry(Encoding.UTF8.GetBytes(ManifestBytes.FileName), manifest.Length, Crc32.Of(manifest), modified), new BytesSegment(manifest));
        foreach (var file in dataSet.Files)
        {
            var entry = new ZipEntry(Encoding.UTF8.GetBytes(file.Path), file.Source.Size, Convert.ToUInt32(file.Source.Crc32, 16), modified);
            layout.Add(entry, new FileSegment(file.Capture, file.Source.Path, file.Source.Size));
        }

        return layout.Close();
    }

    /// <summary>Whoever unpacks the zip must not be led out of the folder, nor find a file twice.</summary>
    private static Problem? BadName(DataSet dataSet)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { ManifestBytes.FileName };
        var bad = dataSet.Files.FirstOrDefault(f => !IsSafe(f.Path) || !seen.Add(f.Path) || f.Source.Size < 0);
        return bad is null ? null : new Problem(ProblemCodes.CollectionFailed, $"The data set lists a file under the name {Problems.ProblemResults.Shown(bad.Path)}, which no archive may hold. Download its files one by one.");
    }

    private static bool IsSafe(string path) =>
        Encoding.UTF8.GetByteCount(path) is > 0 and <= NameBytesMax
        && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)
        && path.Split('/').All(part => part is not ("" or "." or ".."));

    private sealed class Builder
    {
        private readonly List<Segment> _segments = [];
        private readonly List<byte[]> _directory = [];
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _length;

        public void Add(ZipEntry entry, Segment content)
        {
            _directory.Add(ZipRecords.CentralHeader(entry, _length));
            Append(new BytesSegment(ZipRecords.LocalHeader(entry)));
            Append(content);
        }

        public ZipLayout Close()
        {
            var begin = _length;
            var directory = _directory.SelectMany(d => d).ToArray();
            Append(new BytesSegment(directory));
            Append(new BytesSegment(ZipRecords.End(_directory.Count, begin, directory.Length)));
            return new ZipLayout(_segments, _length, Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, 16)));
        }

        // The manifest's bytes are hashed too, and they hold every file's SHA-256: other content is another tag.
        private void Append(Segment segment)
        {
            if (segment is BytesSegment { Bytes: var bytes }) _hash.AppendData(bytes.Span);
            _segments.Add(segment);
            _length += segment.Length;
        }
    }
}
