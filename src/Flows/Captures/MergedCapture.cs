// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Captures;

/// <summary>
/// Several captures as one, by time. Each queue is taken in its own order, so times that go back inside it
/// stay as they are; of equal times the earlier input comes first.
/// </summary>
internal sealed class MergedCapture : IDisposable
{
    private readonly CaptureQueue[] queues;
    private readonly List<CaptureQueue> live = [];
    private CaptureQueue? current;
    private bool started;

    public MergedCapture(IEnumerable<CaptureReader> readers)
        : this([.. readers.Select(reader => new CaptureQueue([reader]))])
    {
    }

    private MergedCapture(CaptureQueue[] queues) => this.queues = queues;

    /// <summary>The reader whose frame is next; valid after <see cref="Read"/> returned true.</summary>
    public CaptureReader Current { get; private set; } = null!;

    /// <summary>Told of every frame before it is handed on; null for nobody.</summary>
    public IFrameObserver? Observer { get; set; }

    /// <summary>The reader that all frames to come are from, until its file ends; null while there are several, or none was begun.</summary>
    public CaptureReader? Alone => live.Count == 1 ? Current : null;

    /// <summary>Bytes consumed over all inputs, as they are stored.</summary>
    public long Position => queues.Sum(queue => queue.InputBytes);

    /// <summary>Damaged inputs, complete after <see cref="Read"/> returned false.</summary>
    public IReadOnlyList<InputProblem> Problems => [.. queues.SelectMany(queue => queue.Problems)];

    /// <summary>Opens the first file of each queue.</summary>
    /// <exception cref="IOException">One of them cannot be opened.</exception>
    public static MergedCapture Open(IReadOnlyList<IReadOnlyList<string>> queues)
    {
        var open = new List<CaptureQueue>();
        try
        {
            foreach (var files in queues)
                open.Add(new CaptureQueue(files));
            return new MergedCapture([.. open]);
        }
        catch
        {
            open.ForEach(queue => queue.Dispose());
            throw;
        }
    }

    /// <summary>Moves to the next frame; false when every input is at its end.</summary>
    /// <exception cref="IOException">A further file of a queue cannot be opened, or an input not be read.</exception>
    public bool Read()
    {
        if (!started)
            Start();
        else if (!current!.Read())
            live.Remove(current);
        if (live.Count == 0)
            return false;
        current = live.Count == 1 ? live[0] : Earliest();
        Current = current.Current;
        Observer?.See(Current);
        return true;
    }

    public void Dispose()
    {
        foreach (var queue in queues)
            queue.Dispose();
    }

    private void Start()
    {
        started = true;
        foreach (var queue in queues)
        {
            if (queue.Read())
                live.Add(queue);
        }
    }

    private CaptureQueue Earliest()
    {
        var earliest = live[0];
        for (var i = 1; i < live.Count; i++)
        {
            if (live[i].Current.TimeMicroseconds < earliest.Current.TimeMicroseconds)
                earliest = live[i];
        }
        return earliest;
    }
}
