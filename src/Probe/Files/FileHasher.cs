// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using Tci.Contracts;

namespace Tci.Probe.Files;

/// <summary>Describes finished files for the manifest: size, SHA-256, CRC-32, in one pass.</summary>
internal static class FileHasher
{
    private const int BufferBytes = 1 << 20;

    /// <param name="data">The data folder.</param>
    /// <param name="path">Relative to it.</param>
    /// <param name="done">Told how many bytes each step took.</param>
    public static DataFile Describe(string data, string path, bool raw, Action<long> done, CancellationToken cancel)
    {
        using var file = new FileStream(
            Path.Combine(data, path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var crc = new Crc32();
        var buffer = new byte[BufferBytes];
        var size = 0L;
        for (int read; (read = file.Read(buffer)) > 0; size += read)
        {
            cancel.ThrowIfCancellationRequested();
            sha.AppendData(buffer, 0, read);
            crc.Append(buffer.AsSpan(0, read));
            done(read);
        }
        return new DataFile(path, size, Convert.ToHexStringLower(sha.GetHashAndReset()), crc.Value.ToString("x8"), raw);
    }
}
