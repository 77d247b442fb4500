// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.DataSets;

/// <summary>
/// Lays out captures as an idle-OS data set (docs/formats/data-set-tree.md): a folder per capture in a folder per system,
/// the tables of each system, the merged tables. Running it again does only what is missing and leaves the same bytes.
/// </summary>
public sealed class DataSetTree
{
    private readonly string root;
    private readonly ExportOptions options;
    private readonly IProgress<DataSetProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly TreeState state;

    private DataSetTree(string root, ExportOptions options, IProgress<DataSetProgress>? progress, CancellationToken cancellation)
    {
        this.root = root;
        this.options = options;
        this.progress = progress;
        this.cancellation = cancellation;
        state = TreeState.Load(root);
    }

    /// <summary>The labels there are: the keys of info.json.</summary>
    public static IReadOnlyList<string> LabelNames => CaptureInfo.Keys;

    /// <param name="input">A JSON description, or a directory in which every capture lies beside its info.json.</param>
    /// <param name="root">The tree; made where it is missing.</param>
    /// <param name="labels">Values, by key of info.json, for captures whose info.json lacks them.</param>
    /// <param name="options">How flows are made; null for the defaults.</param>
    /// <param name="progress">Told of every capture and while it is worked on.</param>
    /// <param name="cancellation">Ends the work; what is complete stays, and the next run goes on from there.</param>
    /// <exception cref="InvalidDataException">The description, an info.json or a flow.csv of the tree is wrong; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read or written (also <see cref="UnauthorizedAccessException"/>).</exception>
    public static DataSetResult Build(
        string input,
        string root,
        IReadOnlyDictionary<string, string> labels,
        ExportOptions? options = null,
        IProgress<DataSetProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new ExportOptions();
        options.Check();
        RefuseOwnTree(input, root);
        var captures = DescriptionReader.Read(input, labels);
        // All names before any work, so that a mistake in the last description costs nothing.
        foreach (var capture in captures)
            _ = Path.Combine(capture.System, capture.Folder);
        Directory.CreateDirectory(root);
        return new DataSetTree(root, options, progress, cancellation).Build(captures);
    }

    // Its own folders would be found as captures and laid out again beside themselves.
    private static void RefuseOwnTree(string input, string root)
    {
        var from = Path.TrimEndingDirectorySeparator(Path.GetFullPath(input)) + Path.DirectorySeparatorChar;
        var to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) + Path.DirectorySeparatorChar;
        if (Directory.Exists(input) && (from.StartsWith(to, StringComparison.Ordinal) || to.StartsWith(from, StringComparison.Ordinal)))
            throw new IOException($"The captures ({input}) and the tree ({root}) lie one in the other. Give the tree a place of its own.");
    }

    private DataSetResult Build(IReadOnlyList<CaptureDescription> captures)
    {
        var placed = Place(captures);
        int made = 0, done = 0;
        foreach (var (folder, capture) in placed)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new DataSetProgress(done++, placed.Count, folder, null));
            made += Make(folder, capture, done, placed.Count) ? 1 : 0;
        }
        new SystemTables(root, state, cancellation).WriteAll();
        state.Save(root);
        progress?.Report(new DataSetProgress(placed.Count, placed.Count, "", null));
        var problems = placed.Keys.SelectMany(folder => state.Captures[folder].Problems.Select(problem => new InputProblem(folder, problem)));
        return new DataSetResult(placed.Count, made, [.. problems]);
    }

    /// <summary>A folder for each capture: the one it has, else the first free name, in an order that does not depend on where the captures lie.</summary>
    private SortedDictionary<string, CaptureDescription> Place(IReadOnlyList<CaptureDescription> captures)
    {
        var known = state.Captures.ToDictionary(entry => entry.Value.Identity, entry => entry.Key);
        var placed = new SortedDictionary<string, CaptureDescription>(StringComparer.Ordinal);
        var identified = captures.Select(capture => (Identity: CaptureIdentity.Of(capture, cancellation), Capture: capture))
            .DistinctBy(item => item.Identity)
            .OrderBy(item => item.Capture.Info["start_time"] ?? "", StringComparer.Ordinal)
            .ThenBy(item => item.Identity, StringComparer.Ordinal);
        foreach (var (identity, capture) in identified)
        {
            if (!known.TryGetValue(identity, out var folder))
                folder = FreeName($"{capture.System}/{capture.Folder}");
            state.Captures.TryAdd(folder, new TreeCapture(identity, "", []));
            placed[folder] = capture;
        }
        // Before the first folder is made: after an interruption they are found again under these names.
        state.Save(root);
        return placed;
    }

    private string FreeName(string name)
    {
        var free = name;
        for (var n = 1; state.Captures.ContainsKey(free) || Directory.Exists(Path.Combine(root, free)); n++)
            free = $"{name}__{n}";
        return free;
    }

    private bool Make(string folder, CaptureDescription capture, int number, int total)
    {
        var path = Path.Combine(root, folder);
        var entry = state.Captures[folder];
        var complete = CaptureFolder.IsComplete(path);
        if (complete && entry.Exporter == Exporter)
            return false;
        var inner = progress is null ? null : new Relay(value => progress.Report(new DataSetProgress(number - 1, total, folder, value)));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var problems = complete
            ? CaptureFolder.WriteFlows(capture, path, options, inner, cancellation)
            : CaptureFolder.Make(capture, path, options, inner, cancellation);
        state.Captures[folder] = entry with { Exporter = Exporter, Problems = problems };
        state.Save(root);
        return true;
    }

    // What decides the bytes of flow.csv besides the packets.
    private string Exporter => $"tci-flows {typeof(DataSetTree).Assembly.GetName().Version?.ToString(3)} {options}";

    private sealed class Relay(Action<ExportProgress> report) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value) => report(value);
    }
}
