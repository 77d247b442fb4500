// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Architecture.Code;

/// <summary>What answer a user gets is decided in Api only; a probe speaks HTTP to container engines and for files.</summary>
public sealed class HttpInApi : IRule
{
    private static readonly string[] s_allowed = ["src/Api/", "src/Probe/Containers/", "src/Probe/Files/"];

    private static readonly HashSet<string> s_types =
        ["HttpClient", "HttpContext", "HttpRequest", "HttpResponse", "HttpRequestMessage", "HttpResponseMessage", "IResult", "Results", "TypedResults", "ProblemDetails", "StatusCodes"];

    private static readonly string[] s_namespaces = ["System.Net.Http", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Routing"];

    public IEnumerable<Plant> Plants =>
    [
        .. s_types.Select(t => new Plant("src/Standalone/Planted.cs", $"class Planted {{ void Do({t} it) {{ }} }}")),
        .. s_namespaces.Select(n => new Plant("src/Grains/Planted.cs", $"using {n};")),
        new("src/Probe/Captures/Planted.cs", "class Planted { object Make() => new HttpClient(); }"),
    ];

    public IEnumerable<string> Check(SourceTree tree) =>
        CSharpFile.Below(tree, "src/").Where(f => !s_allowed.Any(a => f.Path.StartsWith(a, StringComparison.Ordinal))).SelectMany(Breaches);

    private static IEnumerable<string> Breaches(CSharpFile file) =>
        file.Usings.Where(u => s_namespaces.Any(n => u.StartsWith(n, StringComparison.Ordinal))).Select(u => $"{file.Path} uses {u}.")
            .Concat(file.TypeNames.Where(n => s_types.Contains(n.Identifier.Text)).Select(n => $"{file.At(n)} uses {n.Identifier.Text}."));
}
