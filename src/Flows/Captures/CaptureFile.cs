// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Captures.Compression;

namespace Tci.Flows.Captures;

/// <summary>Opens captures by what they begin with, never by their name.</summary>
internal static class CaptureFile
{
    /// <exception cref="IOException">The file cannot be opened (also <see cref="UnauthorizedAccessException"/>), or the program that decompresses it is missing.</exception>
    public static CaptureReader Open(string path) =>
        // The window is the buffer; a second one inside FileStream would only copy.
        path == CaptureInputs.StandardInput
            ? Open(CaptureInputs.StandardInputName, Console.OpenStandardInput())
            : Open(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));

    /// <summary>Reads a capture from any stream, which the reader then owns. A stream that is no capture gives a reader without frames and with a problem.</summary>
    public static CaptureReader Open(string name, Stream stream)
    {
        var stored = new CountedStream(stream);
        try
        {
            var content = CompressedInput.Open(name, stored);
            return Open(name, new ByteWindow(content), ReferenceEquals(content, stored) ? null : stored);
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    private static CaptureReader Open(string name, ByteWindow window, CountedStream? stored)
    {
        if (!window.TryPeek(4, out var bytes))
            return new UnreadableReader(name, window, window.Damage ?? (window.AtEnd ? "is empty" : "ends inside the file header"));
        var little = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var big = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (little == PcapNgReader.SectionHeader)
            return new PcapNgReader(name, window) { Stored = stored };
        if (little is PcapReader.MagicMicroseconds or PcapReader.MagicNanoseconds)
            return new PcapReader(name, window, little, bigEndian: false) { Stored = stored };
        if (big is PcapReader.MagicMicroseconds or PcapReader.MagicNanoseconds)
            return new PcapReader(name, window, big, bigEndian: true) { Stored = stored };
        return new UnreadableReader(name, window, $"is neither pcap nor pcapng{(stored is null ? "" : " inside its compression")}: it begins with {big:x8}") { Stored = stored };
    }
}
