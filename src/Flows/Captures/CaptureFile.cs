// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Captures;

/// <summary>Opens capture files by what they begin with, never by their name.</summary>
internal static class CaptureFile
{
    /// <exception cref="IOException">The file cannot be opened (also <see cref="UnauthorizedAccessException"/>).</exception>
    public static CaptureReader Open(string path) =>
        // The window is the buffer; a second one inside FileStream would only copy.
        Open(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));

    /// <summary>Reads a capture from any stream, which the reader then owns. A stream that is no capture gives a reader without frames and with a problem.</summary>
    public static CaptureReader Open(string name, Stream stream)
    {
        var window = new ByteWindow(stream);
        if (!window.TryPeek(4, out var bytes))
            return new UnreadableReader(name, window, window.AtEnd ? "is empty" : "ends inside the file header");
        var little = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var big = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (little == PcapNgReader.SectionHeader)
            return new PcapNgReader(name, window);
        if (little is PcapReader.MagicMicroseconds or PcapReader.MagicNanoseconds)
            return new PcapReader(name, window, little, bigEndian: false);
        if (big is PcapReader.MagicMicroseconds or PcapReader.MagicNanoseconds)
            return new PcapReader(name, window, big, bigEndian: true);
        return new UnreadableReader(name, window, $"is neither pcap nor pcapng: it begins with {big:x8}");
    }
}
