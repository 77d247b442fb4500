// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Probe.Interop;

/// <summary>How a call to the library went.</summary>
/// <param name="Message">A sentence for people; empty when it went well.</param>
/// <param name="Position">Bad filter: offset in bytes of the offending token, -1 if not known.</param>
internal readonly record struct NativeOutcome(TciCode Code, string Message, int Position = -1)
{
    public static readonly NativeOutcome Good = new(TciCode.Ok, "");

    public bool Ok => Code == TciCode.Ok;

    public static NativeOutcome Of(TciCode code, in TciError error) =>
        code == TciCode.Ok ? Good : new(code, Text(error.Message), error.Position);

    /// <summary>Text up to the NUL. What a source or file name brought along must not reach a terminal as control characters.</summary>
    public static string Text(ReadOnlySpan<byte> utf8)
    {
        var end = utf8.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(end < 0 ? utf8 : utf8[..end]);
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }
}
