// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows;

namespace Tci.FlowsCli;

/// <summary>One line on a terminal, written over and over: share, packets, rate, flows, time left.</summary>
internal sealed class LineProgress(TextWriter terminal) : ProgressDisplay
{
    private const string ClearLine = "\r\e[K";

    /// <inheritdoc/>
    public override void Report(ExportProgress value) => terminal.Write(ClearLine + Text(value));

    /// <inheritdoc/>
    public override void Close() => terminal.Write(ClearLine);

    internal static string Text(ExportProgress value)
    {
        var share = value.Share is { } known ? $"{known * 100,3:F0} %  " : "";
        var rate = value.Packets / Math.Max(value.Elapsed.TotalSeconds, 0.001);
        var left = value.Remaining is { } time ? $"  {time:h\\:mm\\:ss} left" : "";
        return $"{share}{value.Packets:N0} packets  {rate / 1e6:F2} Mpackets/s  {value.Flows:N0} flows{left}";
    }
}
