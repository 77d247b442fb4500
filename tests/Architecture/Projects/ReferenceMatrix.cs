// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Architecture.Projects;

/// <summary>Which product project may reference which. A project without a row may not be there.</summary>
public sealed class ReferenceMatrix : IRule
{
    private static readonly string[] s_parts = ["Contracts", "Grains", "Flows", "FlowsCli", "Probe", "Store", "Api"];

    private static readonly Dictionary<string, string[]> s_rows = new()
    {
        ["Contracts"] = [],
        ["Grains"] = ["Contracts"],
        ["Flows"] = [],
        ["FlowsCli"] = ["Flows"],
        ["Probe"] = ["Contracts", "Flows"],
        ["Store"] = ["Contracts"],
        ["Api"] = ["Contracts"],
        ["Standalone"] = s_parts,
        ["Silo"] = s_parts,
    };

    public IEnumerable<Plant> Plants =>
    [
        Referencing("src/Contracts/Tci.Contracts.csproj", "../Grains/Tci.Grains.csproj"),
        Referencing("src/Api/Tci.Api.csproj", "../Grains/Tci.Grains.csproj"),
        Referencing("src/Standalone/Tci.Standalone.csproj", "../Silo/Tci.Silo.csproj"),
        Referencing("src/Store/Tci.Store.csproj", "../../tests/Store/Tci.Store.Tests.csproj"),
        Referencing("tests/Grains/Tci.Grains.Tests.csproj", "../../src/Silo/Tci.Silo.csproj"),
        Referencing("src/Extra/Tci.Extra.csproj", "../Contracts/Tci.Contracts.csproj"),
    ];

    public IEnumerable<string> Check(SourceTree tree) => Project.All(tree).SelectMany(p => p.Folder.StartsWith("src/", StringComparison.Ordinal) ? Product(p) : Other(p));

    private static IEnumerable<string> Product(Project project)
    {
        if (!s_rows.TryGetValue(project.Folder["src/".Length..], out var allowed)) return [$"{project.Path} has no row in the reference matrix."];
        return project.References.Where(r => !allowed.Select(a => "src/" + a).Contains(r)).Select(r => $"{project.Path} may not reference {r}.");
    }

    // Whoever references the silo needs Orleans to build, and only the silo's tests are left out where it cannot be had.
    private static IEnumerable<string> Other(Project project) =>
        project.References.Contains("src/Silo") && !project.Folder.EndsWith("/Silo", StringComparison.Ordinal) ? [$"{project.Path} may not reference src/Silo."] : [];

    private static Plant Referencing(string path, string project) =>
        new(path, $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><ProjectReference Include="{project}" /></ItemGroup></Project>""");
}
