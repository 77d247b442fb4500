// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Architecture.Layout;

/// <summary>The root can be taken in at a glance: what is in it is in this list.</summary>
public sealed class RootAllowList : IRule
{
    private static readonly HashSet<string> s_allowed =
    [
        "tci", "README.md", "ARCHITECTURE.md", "LICENSE", "SECURITY.md", "Tci.sln", "Tci.Standalone.slnf", "Directory.Build.props", "Directory.Packages.props",
        ".editorconfig", ".gitignore", ".gitattributes", ".clang-format", ".ci",
        "native", "src", "web", "clients", "tests", "bench", "examples", "deploy", "docs", "scripts",
    ];

    public IEnumerable<Plant> Plants => [new("NOTES.md", "notes"), new("tools/x.sh", "#!/bin/sh")];

    public IEnumerable<string> Check(SourceTree tree) =>
        tree.Paths.Where(p => !s_allowed.Contains(p.Split('/')[0])).Select(p => $"{p}: the root has no place for {p.Split('/')[0]}.");
}
