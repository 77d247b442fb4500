// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using Tci.Flows;

namespace Tci.FlowsCli;

/// <summary>A JSON object per line, at most one a second, and the last state at the end.</summary>
internal sealed class JsonProgress(TextWriter output, TimeProvider clock) : ProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private ExportProgress? pending;
    private long? lastWritten;

    /// <inheritdoc/>
    public override void Report(ExportProgress value)
    {
        pending = value;
        if (lastWritten is { } last && clock.GetElapsedTime(last) < Interval)
            return;
        Write(value);
    }

    /// <inheritdoc/>
    public override void Close()
    {
        if (pending is { } value)
            Write(value);
    }

    private void Write(ExportProgress value)
    {
        var share = value.Share is { } known ? known.ToString("0.####", CultureInfo.InvariantCulture) : "null";
        output.WriteLine($$"""{"packets":{{value.Packets}},"bytes":{{value.Bytes}},"share":{{share}},"flows":{{value.Flows}}}""");
        output.Flush();
        lastWritten = clock.GetTimestamp();
        pending = null;
    }
}
