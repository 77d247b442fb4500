// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Flows.DataSets;

/// <summary>
/// Distinct lines, given back in the order of their bytes. In bounded memory: what does not fit is sorted in runs, which
/// are kept in a temporary file each and merged.
/// </summary>
internal sealed class LineSet(Func<Stream> openSpool, long charsMax = LineSet.DefaultCharsMax) : IDisposable
{
    // Of two bytes each, besides what the set itself takes.
    public const long DefaultCharsMax = 32 << 20;

    // A string and its place in the set cost about this many characters.
    private const int LineOverheadChars = 40;

    // Each is open while they are merged.
    private const int RunsMax = 256;

    private readonly HashSet<string> lines = new(StringComparer.Ordinal);
    private readonly List<Stream> runs = [];
    private long chars;

    /// <param name="line">Text without line breaks.</param>
    /// <exception cref="IOException">There are more lines than can be kept.</exception>
    public void Add(string line)
    {
        if (!lines.Add(line))
            return;
        chars += line.Length + LineOverheadChars;
        if (chars > charsMax)
            Spill();
    }

    /// <summary>All lines, once.</summary>
    public IEnumerable<string> Sorted() => runs.Count == 0 ? lines.Order(StringComparer.Ordinal) : Merge();

    public void Dispose() => runs.ForEach(run => run.Dispose());

    private void Spill()
    {
        if (runs.Count == RunsMax)
            throw new IOException($"There are more than {RunsMax} times {charsMax} characters of distinct lines.");
        var run = openSpool();
        runs.Add(run);
        using var writer = new StreamWriter(run, leaveOpen: true) { NewLine = "\n" };
        foreach (var line in lines.Order(StringComparer.Ordinal))
            writer.WriteLine(line);
        lines.Clear();
        chars = 0;
    }

    private IEnumerable<string> Merge()
    {
        if (lines.Count > 0)
            Spill();
        var waiting = new PriorityQueue<StreamReader, string>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            run.Position = 0;
            Next(waiting, new StreamReader(run, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true));
        }
        string? last = null;
        while (waiting.TryDequeue(out var reader, out var line))
        {
            if (line != last)
                yield return line;
            last = line;
            Next(waiting, reader);
        }
    }

    private static void Next(PriorityQueue<StreamReader, string> waiting, StreamReader reader)
    {
        if (reader.ReadLine() is { } line)
            waiting.Enqueue(reader, line);
    }
}
