// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Captures;

/// <summary>
/// Several captures as one, by time. Each file is taken in its own order, so times that go back inside a file
/// stay as they are; of equal times the earlier input comes first.
/// </summary>
internal sealed class MergedCapture : IDisposable
{
    private readonly CaptureReader[] readers;
    private readonly List<CaptureReader> live = [];
    private bool started;

    public MergedCapture(IEnumerable<CaptureReader> readers) => this.readers = [.. readers];

    public IReadOnlyList<CaptureReader> Readers => readers;

    /// <summary>The reader whose frame is next; valid after <see cref="Read"/> returned true.</summary>
    public CaptureReader Current { get; private set; } = null!;

    /// <summary>Bytes consumed over all inputs.</summary>
    public long Position => readers.Sum(reader => reader.Position);

    /// <summary>Moves to the next frame; false when every input is at its end.</summary>
    public bool Read()
    {
        if (!started)
            Start();
        else if (!Current.Read())
            live.Remove(Current);
        if (live.Count == 0)
            return false;
        Current = live.Count == 1 ? live[0] : Earliest();
        return true;
    }

    public void Dispose()
    {
        foreach (var reader in readers)
            reader.Dispose();
    }

    private void Start()
    {
        started = true;
        foreach (var reader in readers)
        {
            if (reader.Read())
                live.Add(reader);
        }
    }

    private CaptureReader Earliest()
    {
        var earliest = live[0];
        for (var i = 1; i < live.Count; i++)
        {
            if (live[i].TimeMicroseconds < earliest.TimeMicroseconds)
                earliest = live[i];
        }
        return earliest;
    }
}
