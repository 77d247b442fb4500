// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.FlowsCli.Commands;

/// <summary>A line on a terminal, written over and over; nothing where standard error is no terminal.</summary>
internal sealed class StatusLine<T>(TextWriter terminal, Func<T, string> text) : IProgress<T>, IDisposable
{
    private const string ClearLine = "\r\e[K";
    private readonly bool shown = !Console.IsErrorRedirected;

    /// <inheritdoc/>
    public void Report(T value)
    {
        if (shown)
            terminal.Write(ClearLine + text(value));
    }

    /// <summary>Leaves the place clean for other output.</summary>
    public void Dispose()
    {
        if (shown)
            terminal.Write(ClearLine);
    }
}
