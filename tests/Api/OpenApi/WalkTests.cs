// SPDX-License-Identifier: BSD-3-Clause
using System.Text.RegularExpressions;
using Tci.Api.Tests.Endpoints;
using Tci.Contracts;

namespace Tci.Api.Tests.OpenApi;

/// <summary>Holds docs/api.http against the API that there is.</summary>
[TestClass]
public sealed partial class WalkTests
{
    private const string Walk = "docs/api.http";

    private sealed record Request(string Method, string Path, string[] Query, Dictionary<string, string> Headers, string Body);

    private static async Task<List<Request>> Requests()
    {
        var text = await File.ReadAllTextAsync(RepositoryFiles.PathOf(Walk));
        return [.. Separator().Split(text).Select(Read).OfType<Request>()];
    }

    private static Request? Read(string part)
    {
        var found = Form().Match(part);
        if (!found.Success) return null;
        var headers = found.Groups["header"].Captures.Select(h => h.Value.Split(": ", 2)).ToDictionary(h => h[0], h => h[1]);
        var address = found.Groups["path"].Value.Split('?', 2);
        return new Request(found.Groups["method"].Value, address[0], address.Length > 1 ? address[1].Split('&') : [], headers, found.Groups["body"].Value.Trim());
    }

    private static string Shape(string path) => Variable().Replace(path, "{id}").With(
        ("/probes/local", "/probes/{id}"),
        ("/points/local/replay", "/points/{probe}/{name}"),
        ("/accounts/ann", "/accounts/{name}"),
        ("groups/research", "groups/{name}"),
        ("groups/campus", "groups/{name}"),
        ("/tokens/current", "/tokens/{id}"),
        ("/runs/0/0/log", "/runs/{capture}/{step}/log"),
        ("/files/flow.csv", "/files/{path}"));

    [TestMethod]
    public async Task It_shows_every_operation_once_or_more_and_none_that_does_not_exist()
    {
        await using var server = await Server.Start();
        var paths = (await server.GetJson("/openapi/v1.json"))["paths"]!.AsObject();
        var there = paths.SelectMany(p => p.Value!.AsObject().Where(m => m.Key != "head").Select(m => $"{m.Key.ToUpperInvariant()} {p.Key}")).Order().ToList();
        var shown = (await Requests()).Select(r => $"{r.Method} {Shape(r.Path)}").Distinct().Order().ToList();
        CollectionAssert.AreEqual(there, shown, $"{Walk} lacks {string.Join(", ", there.Except(shown))}; it shows, and there is not: {string.Join(", ", shown.Except(there))}");
    }

    [TestMethod]
    public async Task Its_parameters_and_headers_are_those_of_the_operations()
    {
        await using var server = await Server.Start();
        var paths = (await server.GetJson("/openapi/v1.json"))["paths"]!;
        foreach (var request in await Requests())
        {
            var operation = paths[Shape(request.Path)]![request.Method.ToLowerInvariant()]!;
            var known = operation["parameters"]?.AsArray().Select(p => (string)p!["name"]!).ToList() ?? [];
            string[] always = ["Authorization", "Content-Type", "Accept"];
            var unknown = request.Query.Select(q => q.Split('=')[0]).Concat(request.Headers.Keys.Except(always)).Except(known).ToList();
            Assert.IsEmpty(unknown, $"{request.Method} {request.Path}: {string.Join(", ", unknown)}");
            Assert.AreEqual(operation["requestBody"] is not null, request.Body.Length > 0, $"{request.Method} {request.Path}");
            Assert.AreEqual(operation["security"] is not null, request.Headers.ContainsKey("Authorization"), $"{request.Method} {request.Path}");
        }
    }

    [TestMethod]
    public async Task Its_bodies_are_read_and_its_queries_answered()
    {
        await using var server = await Server.Start();
        // Everything that the walk names is there; the orders themselves are not made, since the body is read before the job is looked for.
        server.Grains.OnPoint = id => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        server.Grains.OnProbe = id => FakeGrains.Answers<ProbeView>(new ProbeView { Id = id, Present = true, LastSeen = Samples.Noon, Host = "h", Version = "1", DiskFreeBytes = 1 });
        server.Grains.OnDefine = (id, _) => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        server.Grains.OnSubmit = (_, _) => FakeGrains.Answers<JobView>(Samples.View(JobState.Waiting));
        foreach (var request in (await Requests()).Where(r => r.Body.Length > 0 || r.Query.Length > 0))
        {
            var path = Variable().Replace(request.Path, "job-none") + (request.Query.Length > 0 ? "?" + string.Join('&', request.Query) : "");
            var response = await server.Send(new HttpMethod(request.Method), path, request.Body.Length > 0 ? request.Body : null);
            // The walk's own account has another password than the one it would change.
            var isOwn = request.Path is "/api/v1/me/password" or "/api/v1/sign-in" && (int)response.StatusCode is 401 or 403;
            Assert.IsTrue(isOwn || (int)response.StatusCode is 200 or 201 or 404, $"{request.Path}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    [GeneratedRegex(@"^###.*$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(?<method>[A-Z]+) \{\{server\}\}(?<path>\S+)\n(?:(?<header>[A-Za-z-]+: .+)\n)*(?:\n(?<body>\{[\s\S]*\}))?", RegexOptions.Multiline)]
    private static partial Regex Form();

    [GeneratedRegex(@"\{\{[a-z]+\}\}")]
    private static partial Regex Variable();
}
