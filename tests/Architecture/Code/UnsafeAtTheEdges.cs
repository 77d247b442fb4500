// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tci.Architecture.Projects;

namespace Tci.Architecture.Code;

/// <summary>Pointers and P/Invoke are in the probe's shim and in listed kernels of the exporter, nowhere else in the product.</summary>
public sealed class UnsafeAtTheEdges : IRule
{
    // The flow table's memory: fetching ahead takes a pointer, asking for huge pages is a system call.
    private static readonly string[] s_allowed =
        ["src/Probe/Interop/", "src/Flows/Table/FlatMemory.cs", "src/Flows/Table/HugePages.cs"];

    private static readonly string[] s_allowedProjects = ["src/Probe", "src/Flows"];

    private static readonly string[] s_imports = ["DllImport", "LibraryImport", "UnmanagedCallersOnly"];

    public IEnumerable<Plant> Plants =>
    [
        new("src/Store/Planted.cs", "unsafe class Planted { }"),
        new("src/Probe/Planted.cs", "class Planted { void Do() { unsafe { } } }"),
        .. s_imports.Select(i => new Plant("src/Flows/Planted.cs", $"partial class Planted {{ [{i}(\"c\")] static partial int getpid(); }}")),
        new("src/Api/Tci.Api.csproj", "<Project><PropertyGroup><AllowUnsafeBlocks>true</AllowUnsafeBlocks></PropertyGroup></Project>"),
    ];

    public IEnumerable<string> Check(SourceTree tree) =>
        CSharpFile.Below(tree, "src/").Where(f => !s_allowed.Any(a => f.Path.StartsWith(a, StringComparison.Ordinal))).SelectMany(Breaches)
            .Concat(Project.All(tree)
                .Where(p => p.Folder.StartsWith("src/", StringComparison.Ordinal) && p.Says("AllowUnsafeBlocks") && !s_allowedProjects.Contains(p.Folder))
                .Select(p => $"{p.Path} allows unsafe blocks."));

    private static IEnumerable<string> Breaches(CSharpFile file)
    {
        if (file.Root.DescendantTokens().Any(t => t.IsKind(SyntaxKind.UnsafeKeyword))) yield return $"{file.Path} is unsafe.";
        foreach (var attribute in file.Root.DescendantNodes().OfType<AttributeSyntax>())
        {
            if (s_imports.Contains(attribute.Name.ToString().Replace("Attribute", "", StringComparison.Ordinal)))
                yield return $"{file.At(attribute)} is a {attribute.Name}.";
        }
    }
}
