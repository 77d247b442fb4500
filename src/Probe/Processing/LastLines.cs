// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Processing;

/// <summary>The last lines a child wrote, fit to show: bounded, and without characters that steer a terminal.</summary>
internal sealed class LastLines
{
    private const int LinesMax = 10;
    private const int LineCharactersMax = 300;

    private readonly Queue<string> _lines = new();
    private readonly Lock _gate = new();

    public void Add(string line)
    {
        var shown = string.Concat(line.Take(LineCharactersMax).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        if (shown.Length == 0) return;
        lock (_gate)
        {
            _lines.Enqueue(shown);
            if (_lines.Count > LinesMax) _lines.Dequeue();
        }
    }

    public override string ToString()
    {
        lock (_gate) return string.Join(" | ", _lines);
    }
}
