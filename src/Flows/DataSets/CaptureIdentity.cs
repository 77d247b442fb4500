// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using Tci.Flows.Captures;

namespace Tci.Flows.DataSets;

/// <summary>Tells whether a capture is the one a folder was made from, wherever its files lie now: SHA-256 over the files of its queues and its info.json.</summary>
internal static class CaptureIdentity
{
    private const int BufferBytes = 1 << 20;

    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">Standard input is among them: it cannot be read again.</exception>
    public static string Of(CaptureDescription capture, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(capture.Info.ToBytes()));
        var buffer = new byte[BufferBytes];
        foreach (var queue in CaptureInputs.Resolve(capture.Traffic))
        {
            hash.AppendData("queue"u8);
            foreach (var file in queue)
                hash.AppendData(OfFile(file, buffer, cancellation));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] OfFile(string path, byte[] buffer, CancellationToken cancellation)
    {
        if (path == CaptureInputs.StandardInput)
            throw new InvalidDataException("Standard input cannot be part of a data set, which reads its captures more than once.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        while (file.Read(buffer) is > 0 and var read)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }
        return hash.GetHashAndReset();
    }
}
