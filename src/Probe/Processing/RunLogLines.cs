// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Processing;

/// <summary>The lines of one run as they come, bounded: the first ones say how it began, the last ones how it ended.</summary>
internal sealed class RunLogLines(TimeProvider time)
{
    public const int FirstMax = 200;
    public const int LastMax = 800;
    public const int LineCharactersMax = 300;
    private readonly List<RunLogLine> _first = [];
    private readonly Queue<RunLogLine> _last = new();
    private readonly Lock _gate = new();
    private int _omitted;

    public RunLog Snapshot
    {
        get
        {
            lock (_gate) return new RunLog([.. _first, .. _last], _omitted);
        }
    }

    public void Add(bool isError, string line)
    {
        var text = string.Concat(line.Take(LineCharactersMax).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).TrimEnd();
        if (text.Length == 0) return;
        var entry = new RunLogLine(time.GetUtcNow(), isError, text);
        lock (_gate)
        {
            if (_first.Count < FirstMax)
            {
                _first.Add(entry);
                return;
            }

            _last.Enqueue(entry);
            if (_last.Count <= LastMax) return;
            _last.Dequeue();
            _omitted++;
        }
    }
}
