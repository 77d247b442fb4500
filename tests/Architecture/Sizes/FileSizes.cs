// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Architecture.Sizes;

/// <summary>One noun, one file: none is long, and most are short.</summary>
public sealed class FileSizes : IRule
{
    private static readonly string[] s_sources = [".cs", ".c", ".h", ".sh", ".py", ".ts"];

    public IEnumerable<Plant> Plants =>
    [
        new("src/Grains/Planted.cs", Lines(401)),
        new("native/src/planted.c", Lines(401)),
        new("src/Standalone/Program.cs", Lines(41)),
        new("90 % of the files", t => Planted(t, 251, 5)),
        new("half of the files", t => Planted(t, 120, 1)),
    ];

    public IEnumerable<string> Check(SourceTree tree)
    {
        var most = Ratchets.Of(tree, "file.lines.max");
        var program = Ratchets.Of(tree, "program.lines.max");
        foreach (var path in tree.Below("", s_sources))
        {
            var lines = Count(tree.Text(path));
            if (lines > most) yield return $"{path} has {lines} lines; {most} are the most.";
            if (path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith("/Program.cs", StringComparison.Ordinal) && lines > program)
                yield return $"{path} has {lines} lines; a Program.cs has {program} at most.";
        }

        var product = tree.Below("src/", ".cs").Select(p => Count(tree.Text(p))).ToList();
        if (Ratchets.Percentile(product, 90) > Ratchets.Of(tree, "file.lines.p90")) yield return $"src/: 90 % of the files have up to {Ratchets.Percentile(product, 90)} lines.";
        if (Ratchets.Percentile(product, 50) > Ratchets.Of(tree, "file.lines.median")) yield return $"src/: half of the files have up to {Ratchets.Percentile(product, 50)} lines.";
    }

    private static int Count(string text) => text.AsSpan().Count('\n');

    private static string Lines(int count) => new('\n', count);

    // So many files of this length, for each that is there, that they decide the percentile.
    private static SourceTree Planted(SourceTree tree, int lines, int eachNth) =>
        Enumerable.Range(0, 2 + (tree.Below("src/", ".cs").Count() / eachNth)).Aggregate(tree, (t, i) => t.With($"src/Planted/P{i}.cs", Lines(lines)));
}
