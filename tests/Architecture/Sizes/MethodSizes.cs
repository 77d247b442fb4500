// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tci.Architecture.Code;

namespace Tci.Architecture.Sizes;

/// <summary>Methods fit on a screen, and most are a few lines. Attributes and comments above a method do not count.</summary>
public sealed class MethodSizes : IRule
{
    public IEnumerable<Plant> Plants =>
    [
        new("src/Grains/Planted.cs", Class(1, 400)),
        new("90 % of the methods", t => t.With("src/Grains/Planted.cs", Class(2 + (Measured(t).Count() / 5), 40))),
    ];

    public IEnumerable<string> Check(SourceTree tree)
    {
        var most = Ratchets.Of(tree, "method.lines.max");
        var all = Measured(tree).ToList();
        foreach (var (at, lines) in all.Where(m => m.Lines > most)) yield return $"{at} is a method of {lines} lines; {most} are the most.";
        var usual = Ratchets.Percentile(all.Select(m => m.Lines), 90);
        if (usual > Ratchets.Of(tree, "method.lines.p90")) yield return $"src/: 90 % of the methods have up to {usual} lines.";
    }

    private static IEnumerable<(string At, int Lines)> Measured(SourceTree tree) =>
        from file in CSharpFile.Below(tree, "src/")
        from method in file.Root.DescendantNodes()
        where method is BaseMethodDeclarationSyntax { Body: not null } or BaseMethodDeclarationSyntax { ExpressionBody: not null } or LocalFunctionStatementSyntax
        select (file.At(method), Lines(method));

    private static int Lines(SyntaxNode method)
    {
        var start = method.ChildTokens().First(t => !t.IsKind(SyntaxKind.OpenBracketToken)).GetLocation().GetLineSpan().StartLinePosition.Line;
        return method.GetLocation().GetLineSpan().EndLinePosition.Line - start + 1;
    }

    private static string Class(int methods, int lines) =>
        "class Planted\n{\n" + string.Concat(Enumerable.Range(0, methods).Select(i => $"void M{i}()\n{{\n{new string('\n', lines)}}}\n")) + "}\n";
}
