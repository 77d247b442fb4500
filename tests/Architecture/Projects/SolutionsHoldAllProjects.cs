// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;

namespace Tci.Architecture.Projects;

/// <summary>Tci.sln holds every project; Tci.Standalone.slnf all but the silo and what tests or measures it.</summary>
public sealed class SolutionsHoldAllProjects : IRule
{
    private const string Solution = "Tci.sln";
    private const string Filter = "Tci.Standalone.slnf";

    public IEnumerable<Plant> Plants =>
    [
        new("src/Extra/Tci.Extra.csproj", "<Project />"),
        new(Filter, """{"solution": {"path": "Tci.sln", "projects": []}}"""),
        new("src/Silo/Tci.Silo.csproj", t => t.With("src/Silo/Tci.Silo.csproj", "<Project />")
            .With(Filter, """{"solution": {"path": "Tci.sln", "projects": ["src\\Silo\\Tci.Silo.csproj"]}}""")),
    ];

    public IEnumerable<string> Check(SourceTree tree)
    {
        var solution = tree.Text(Solution).Replace('\\', '/');
        var filtered = JsonDocument.Parse(tree.Text(Filter)).RootElement.GetProperty("solution").GetProperty("projects")
            .EnumerateArray().Select(p => p.GetString()!.Replace('\\', '/')).ToHashSet();
        foreach (var project in Project.All(tree))
        {
            var cluster = project.Folder.EndsWith("/Silo", StringComparison.Ordinal);
            if (!solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)) yield return $"{project.Path} is not in {Solution}.";
            if (filtered.Contains(project.Path) == cluster) yield return $"{project.Path} is {(cluster ? "" : "not ")}in {Filter}.";
        }
    }
}
