// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Captures;

/// <summary>Captures that follow each other, as one: the next is opened when the one before is at its end, so one is open at a time.</summary>
internal sealed class CaptureQueue : IDisposable
{
    private readonly IEnumerator<CaptureReader> readers;
    private long bytesBefore;

    /// <summary>Opens the first file at once, so that a missing one is told before any work.</summary>
    /// <exception cref="IOException">The first file cannot be opened.</exception>
    public CaptureQueue(IReadOnlyList<string> files)
        : this(files.Select(CaptureFile.Open))
    {
    }

    /// <summary>Readers are taken, and owned, one after the other.</summary>
    public CaptureQueue(IEnumerable<CaptureReader> readers)
    {
        this.readers = readers.GetEnumerator();
        Current = this.readers.MoveNext() ? this.readers.Current : throw new ArgumentException("A queue has at least one file.", nameof(readers));
    }

    /// <summary>The file being read, or the last one.</summary>
    public CaptureReader Current { get; private set; }

    /// <summary>Bytes of input consumed, as they are stored.</summary>
    public long InputBytes => bytesBefore + Current.InputBytes;

    /// <summary>Damaged files so far.</summary>
    public List<InputProblem> Problems { get; } = [];

    /// <summary>Moves to the next frame, through all files; false at the end of the last.</summary>
    /// <exception cref="IOException">The next file cannot be opened.</exception>
    public bool Read()
    {
        while (!Current.Read())
        {
            if (Current.Problem is { } problem)
                Problems.Add(new InputProblem(Current.Name, problem));
            if (!readers.MoveNext())
                return false;
            bytesBefore += Current.InputBytes;
            Current.Dispose();
            Current = readers.Current;
        }
        return true;
    }

    public void Dispose()
    {
        Current.Dispose();
        readers.Dispose();
    }
}
