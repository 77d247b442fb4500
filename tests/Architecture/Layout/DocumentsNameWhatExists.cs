// SPDX-License-Identifier: BSD-3-Clause
using System.Text.RegularExpressions;

namespace Tci.Architecture.Layout;

/// <summary>A path of this repository in a document exists, unless its line says "not yet"; so does the target of a link.</summary>
public sealed partial class DocumentsNameWhatExists : IRule
{
    public IEnumerable<Plant> Plants =>
    [
        new("docs/planted.md", "See `src/Nowhere/X.cs`."),
        new("docs/planted.md", "See [it](nowhere.md)."),
        new("README.md", "| `tests/Nowhere/` | holds it |"),
    ];

    public IEnumerable<string> Check(SourceTree tree) =>
        from document in tree.Below("", ".md")
        from line in tree.Text(document).Split('\n')
        where !line.Contains("not yet", StringComparison.OrdinalIgnoreCase)
        from path in Named(document, line)
        where !tree.Has(path)
        select $"{document} names {path}, which does not exist.";

    private static IEnumerable<string> Named(string document, string line)
    {
        foreach (Match match in Quoted().Matches(line)) yield return match.Groups[1].Value;
        foreach (Match match in Link().Matches(line))
        {
            var folder = document.Contains('/', StringComparison.Ordinal) ? document[..document.LastIndexOf('/')] : "";
            yield return Path.GetRelativePath("/", Path.Combine("/", folder, match.Groups[1].Value)).Replace('\\', '/');
        }
    }

    // Paths in back quotes: from the root, without place holders.
    [GeneratedRegex("`((?:src|tests|native|scripts|docs|bench|deploy|web|clients|examples|\\.ci)/[A-Za-z0-9_./-]*)`")]
    private static partial Regex Quoted();

    // Links that stay in the repository.
    [GeneratedRegex(@"\]\(([A-Za-z0-9_./-]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
