// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tci.Architecture.Code;

/// <summary>A C# file as syntax: names in comments and strings are not names.</summary>
public sealed class CSharpFile
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview);

    // Rules and plants look at the same files over and over; parsing is nearly all of their time.
    private static readonly ConcurrentDictionary<(string Path, string Text), CSharpFile> s_parsed = new();

    private CSharpFile(string path, SyntaxNode root) => (Path, Root) = (path, root);

    public string Path { get; }

    public SyntaxNode Root { get; }

    public static IEnumerable<CSharpFile> Below(SourceTree tree, string folder) =>
        tree.Below(folder, ".cs").Select(p => s_parsed.GetOrAdd((p, tree.Text(p)), f => new CSharpFile(f.Path, CSharpSyntaxTree.ParseText(f.Text, s_options).GetRoot())));

    /// <summary>Simple names that can only mean a type or something reached through one: not names that are declared, called bare, assigned or read off an object.</summary>
    public IEnumerable<SimpleNameSyntax> TypeNames => Root.DescendantNodes().OfType<SimpleNameSyntax>().Where(CanBeType);

    public IEnumerable<string> Usings => Root.DescendantNodes().OfType<UsingDirectiveSyntax>().Select(u => u.NamespaceOrType.ToString());

    /// <summary>Path and line of a node, for a breach.</summary>
    public string At(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static bool CanBeType(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax => false,
        NameColonSyntax or NameEqualsSyntax => false,
        MemberAccessExpressionSyntax access => access.Expression == name,
        AssignmentExpressionSyntax assignment => assignment.Left != name,
        _ => true,
    };
}
