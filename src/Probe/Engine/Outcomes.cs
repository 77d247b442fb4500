// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Contracts;
using Tci.Probe.Interop;

namespace Tci.Probe.Engine;

/// <summary>The engine's codes in the words of the contracts.</summary>
internal static class Outcomes
{
    /// <summary>A <see cref="CaptureEnd.Reason"/>: the limit or wish that ended it, otherwise the code of its problem.</summary>
    public static string Reason(TciCode code) => code switch
    {
        TciCode.EndDuration => "duration",
        TciCode.EndPackets => "packets",
        TciCode.EndBytes => "bytes",
        TciCode.EndStopped => "stopped",
        TciCode.EndSourceEnd => "end-of-source",
        TciCode.Deadline => "deadline",
        _ => ProblemCode(code),
    };

    /// <summary>What went wrong; null for an end that somebody asked for.</summary>
    /// <param name="detail">The engine's sentence.</param>
    /// <param name="position">Offset in bytes in the filter; below 0 where there is none.</param>
    public static Problem? Problem(TciCode code, string detail, int position = -1, string filter = "")
    {
        if (code is TciCode.Ok or (>= TciCode.EndDuration and <= TciCode.EndSourceEnd)) return null;
        var advice = Advice(code);
        var message = string.Join(' ', new[] { Sentence(detail), advice }.Where(part => part.Length > 0));
        return new Problem(
            ProblemCode(code),
            message,
            code == TciCode.BadFilter && position >= 0 ? Characters(filter, position) : null,
            code is TciCode.BadFilter or TciCode.FilterTooCostly ? "filter" : null);
    }

    /// <summary>The offset in characters of an offset in UTF-8 bytes.</summary>
    public static int Characters(string text, int bytes)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetCharCount(utf8, 0, Math.Clamp(bytes, 0, utf8.Length));
    }

    private static string ProblemCode(TciCode code) => code switch
    {
        TciCode.NoSuchSource => ProblemCodes.SourceMissing,
        TciCode.NoRights => ProblemCodes.NotPermitted,
        TciCode.BadFilter => ProblemCodes.InvalidFilter,
        TciCode.FilterTooCostly => ProblemCodes.FilterTooCostly,
        TciCode.DiskFull => ProblemCodes.DiskFull,
        TciCode.SourceDamaged => ProblemCodes.SourceDamaged,
        TciCode.SourceGone => ProblemCodes.SourceGone,
        TciCode.Unsupported => ProblemCodes.InvalidSource,
        TciCode.Deadline => ProblemCodes.DeadlinePassed,
        TciCode.Killed or TciCode.EndSignal => ProblemCodes.CaptureKilled,
        TciCode.Lost => ProblemCodes.CaptureLost,
        TciCode.NoLauncher or TciCode.Timeout => ProblemCodes.EngineUnavailable,
        TciCode.Busy => ProblemCodes.Overloaded,
        _ => ProblemCodes.CaptureFailed,
    };

    private static string Advice(TciCode code) => code switch
    {
        TciCode.DiskFull => "What was stored is kept; make room on the probe's disk.",
        TciCode.SourceGone => "What came before is kept.",
        TciCode.SourceDamaged => "What came before the damage is kept.",
        TciCode.Killed or TciCode.EndSignal or TciCode.Lost => "What was stored is kept; packets in flight are counted as dropped.",
        TciCode.Deadline => "No limit was reached before the hard deadline; what was stored is kept.",
        TciCode.NoSuchSource => "Look at the probe's list of sources.",
        TciCode.Busy => "Try again when other captures have ended.",
        _ => "",
    };

    private static string Sentence(string detail)
    {
        var text = detail.Trim();
        if (text.Length == 0) return "";
        return char.ToUpperInvariant(text[0]) + text[1..] + (text[^1] is '.' or '!' or '?' ? "" : ".");
    }
}
