// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;

namespace Tci.Simulation.Scheduling;

/// <summary>What happened, a line an event: virtual time, who, what. Costs nothing where nobody asked for it.</summary>
internal sealed class Trace(Kernel kernel, bool on)
{
    private readonly List<string> _lines = [];

    public bool On => on;

    public IReadOnlyList<string> Lines => _lines;

    public void Say(string who, [InterpolatedStringHandlerArgument("")] TraceText what)
    {
        if (on) _lines.Add($"{kernel.Elapsed.TotalSeconds,10:0.000}  {who,-28}  {what.Text()}");
    }
}

/// <summary>Puts a line together only where the trace is on.</summary>
[InterpolatedStringHandler]
internal ref struct TraceText
{
    private DefaultInterpolatedStringHandler _inner;
    private readonly bool _on;

    public TraceText(int literalLength, int formattedCount, Trace trace, out bool on)
    {
        on = _on = trace.On;
        if (on) _inner = new(literalLength, formattedCount);
    }

    public void AppendLiteral(string text) => _inner.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _inner.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string format) => _inner.AppendFormatted(value, format);

    public string Text() => _on ? _inner.ToStringAndClear() : "";
}
