// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Http;

/// <summary>
/// Walks the header lines behind a start line (RFC 9112, section 5). In compatible mode values begin two bytes behind the
/// colon and names are told apart by case, as ipfixprobe does; a block may then also end with the packet.
/// </summary>
internal ref struct HttpHeaderLines(ReadOnlySpan<byte> lines, ExportMode mode)
{
    private const int MaxNameBytes = 63;
    private ReadOnlySpan<byte> rest = lines;

    /// <summary>The whole line without its end.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The block goes on behind these bytes.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Moves to the next line; false at the blank line, at the end of the bytes, or where the block is cut off.</summary>
    public bool Next()
    {
        if (rest.IsEmpty)
        {
            IsCutOff = mode == ExportMode.Full;
            return false;
        }
        var end = LineEnd(rest);
        var colon = rest.IndexOf((byte)':');
        if (end == 0)
            return false;
        if (end < 0 || colon < 0)
        {
            IsCutOff = true;
            return false;
        }
        Line = rest[..end];
        // A line without colon takes the next one's, which makes a name nobody looks for.
        Name = rest[..Math.Min(colon, MaxNameBytes)];
        Value = mode == ExportMode.Compatible ? Line[Math.Min(colon + 2, end)..] : Line[Math.Min(colon + 1, end)..].Trim(" \t"u8);
        rest = rest[(end + 2)..];
        return true;
    }

    public readonly bool IsNamed(ReadOnlySpan<byte> name) =>
        mode == ExportMode.Compatible ? Name.SequenceEqual(name) : System.Text.Ascii.EqualsIgnoreCase(Name, name);

    /// <summary>Where the next CR LF is; -1 when there is none, or a NUL before it.</summary>
    public static int LineEnd(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf("\r\n"u8);
        return end >= 0 && text[..end].Contains((byte)0) ? -1 : end;
    }
}
