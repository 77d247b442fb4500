// SPDX-License-Identifier: BSD-3-Clause
using System.IO.Compression;

namespace Tci.Flows.Captures.Compression;

/// <summary>
/// The content of a gzip file, of one or several members. The platform's decoder takes a file that is cut off for a
/// complete one; so behind the last byte a further small member is given to it, and only if its content comes out
/// as it should the file was whole.
/// </summary>
internal sealed class GzipInput : ForwardStream
{
    // The decoder loses what it made in the call that meets damage: this much at most.
    private const int PieceBytes = 4096;

    private static readonly byte[] s_mark = "the input was whole"u8.ToArray();
    private static readonly byte[] s_markMember = Compress(s_mark);

    private readonly Source source;
    private readonly GZipStream decoder;
    private bool ended;

    public GzipInput(Stream input)
    {
        source = new Source(input);
        decoder = new GZipStream(source, CompressionMode.Decompress);
    }

    /// <exception cref="InvalidDataException">The data is damaged, cut off or followed by something else; all before it was read.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (ended || buffer.Length == 0)
            return 0;
        var read = Decode(buffer[..Math.Min(PieceBytes, buffer.Length)]);
        if (read > 0)
            return read;
        ended = true;
        CheckEnd();
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        decoder.Dispose();
        base.Dispose(disposing);
    }

    private int Decode(Span<byte> buffer)
    {
        try
        {
            return decoder.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            ended = true;
            // The decoder's own message speaks of zip archives.
            throw new InvalidDataException("the gzip data is damaged", error);
        }
    }

    private void CheckEnd()
    {
        source.AddMark();
        // Longer than the mark: a file that was cut off may turn the added member into anything.
        Span<byte> found = stackalloc byte[s_mark.Length + 1];
        var length = 0;
        try
        {
            while (length < found.Length && decoder.Read(found[length..]) is > 0 and var read)
                length += read;
        }
        catch (InvalidDataException)
        {
            length = 0;
        }
        if (!found[..length].SequenceEqual(s_mark))
            throw new InvalidDataException("the gzip data is cut off, or followed by something that is not gzip");
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var encoder = new GZipStream(output, CompressionLevel.Fastest))
            encoder.Write(bytes);
        return output.ToArray();
    }

    /// <summary>The input and then, once it was asked for, the mark.</summary>
    private sealed class Source(Stream input) : ForwardStream
    {
        private int markStart = s_markMember.Length;

        public void AddMark() => markStart = 0;

        public override int Read(Span<byte> buffer)
        {
            var read = input.Read(buffer);
            if (read > 0)
                return read;
            read = Math.Min(s_markMember.Length - markStart, buffer.Length);
            s_markMember.AsSpan(markStart, read).CopyTo(buffer);
            markStart += read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            input.Dispose();
            base.Dispose(disposing);
        }
    }
}
