// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Architecture.Projects;

/// <summary>Packages with one home, projects without packages, versions in one place.</summary>
public sealed class PackageMatrix : IRule
{
    private static readonly (string Package, string[] Homes)[] s_homes =
    [
        ("Microsoft.Orleans.", ["src/Silo", "tests/Silo", "bench/Silo"]),
        ("Npgsql", ["src/Store", "src/Silo", "tests/Store", "tests/Silo"]),
        ("Microsoft.Data.Sqlite", ["src/Store", "src/Standalone", "tests/Store", "tests/Standalone"]),
        ("Dapper", ["src/Store", "tests/Store"]),
    ];

    private static readonly string[] s_without = ["src/Contracts", "src/Flows"];

    public IEnumerable<Plant> Plants =>
    [
        With("src/Grains/Tci.Grains.csproj", "Microsoft.Orleans.Sdk"),
        With("tests/Scenarios/Tci.Scenarios.Tests.csproj", "Microsoft.Orleans.TestingHost"),
        With("src/Api/Tci.Api.csproj", "Npgsql"),
        With("src/Contracts/Tci.Contracts.csproj", "System.CommandLine"),
        new("src/Store/Tci.Store.csproj", """<Project><ItemGroup><PackageReference Include="Npgsql" Version="9.0.0" /></ItemGroup></Project>"""),
    ];

    public IEnumerable<string> Check(SourceTree tree) => Project.All(tree).SelectMany(Breaches);

    private static IEnumerable<string> Breaches(Project project)
    {
        foreach (var package in project.Packages)
        {
            if (s_without.Contains(project.Folder)) yield return $"{project.Path} may reference no package, so not {package}.";
            if (s_homes.Any(h => package.StartsWith(h.Package, StringComparison.Ordinal) && !h.Homes.Contains(project.Folder)))
                yield return $"{project.Path} may not reference {package}.";
        }

        if (project.PinsVersions) yield return $"{project.Path} names a package version; versions are in Directory.Packages.props.";
    }

    private static Plant With(string path, string package) => new(path, $"""<Project><ItemGroup><PackageReference Include="{package}" /></ItemGroup></Project>""");
}
