// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tci.Architecture.Code;

/// <summary>A reader who looks for Orleans finds it in src/Silo; nobody else knows it, by package or by name.</summary>
public sealed class OrleansInSilo : IRule
{
    public IEnumerable<Plant> Plants =>
    [
        new("src/Grains/Planted.cs", "using Orleans.Runtime;"),
        new("tests/Scenarios/Planted.cs", "class Planted { Orleans.IGrainFactory factory; }"),
    ];

    public IEnumerable<string> Check(SourceTree tree) => CSharpFile.Below(tree, "").Where(f => !f.Path.Contains("/Silo/", StringComparison.Ordinal)).SelectMany(Breaches);

    private static IEnumerable<string> Breaches(CSharpFile file) =>
        file.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(n => n.Identifier.Text == "Orleans" && n.Parent is (QualifiedNameSyntax or MemberAccessExpressionSyntax or UsingDirectiveSyntax))
            .Select(n => $"{file.At(n)} names Orleans.");
}
