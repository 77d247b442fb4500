// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tci.Contracts;

namespace Tci.Api.Tests.Rights;

/// <summary>People on a server, each with a client that is signed in as them.</summary>
internal static class People
{
    /// <summary>Makes an account, grants it what is said, and gives a client with a token of it.</summary>
    /// <param name="grants">The members of a grant after its account, such as <c>"role":"viewer"</c>.</param>
    public static async Task<Person> Add(this Server server, string name, params string[] grants)
    {
        Assert.AreEqual(201, (int)(await server.Send(HttpMethod.Put, $"/api/v1/accounts/{name}", "{}")).StatusCode);
        foreach (var grant in grants) await server.Grant($$"""{"account":"{{name}}",{{grant}}}""");
        return server.As(await server.TokenOf(server.Client, $$"""{"name":"t","account":"{{name}}"}"""));
    }

    /// <summary>The id of the grant.</summary>
    public static async Task<string> Grant(this Server server, string json)
    {
        var response = await server.Post("/api/v1/grants", json);
        Assert.AreEqual(201, (int)response.StatusCode, await response.Content.ReadAsStringAsync());
        return (string)(await Server.Json(response))["id"]!;
    }

    public static async Task<string> TokenOf(this Server server, HttpClient client, string json)
    {
        var response = await client.PostAsync("/api/v1/tokens", Body(json));
        Assert.AreEqual(201, (int)response.StatusCode, await response.Content.ReadAsStringAsync());
        return (string)(await Server.Json(response))["text"]!;
    }

    public static Person As(this Server server, string token)
    {
        var client = server.NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return new Person(client, token);
    }

    public static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    /// <summary>Puts a job of someone on some points into the store.</summary>
    public static Task<JobSeed> Job(this Server server, string id, string owner, params string[] points) =>
        server.Jobs.Create(new JobSeed(new JobId(id), owner, Samples.Spec() with { Points = [.. points.Select(p => new PointId(p))] }, Samples.Noon.AddSeconds(id.GetHashCode(StringComparison.Ordinal) & 0xFFFF), null), new Caller(owner, "::1"));

    public static async Task Points(this Server server, params string[] points)
    {
        foreach (var point in points) await server.Places.Record(Samples.Point(point));
    }
}

internal sealed record Person(HttpClient Client, string Token) : IDisposable
{
    public Task<HttpResponseMessage> Get(string path) => Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);

    public Task<HttpResponseMessage> Send(string method, string path, string? json = null) =>
        Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = json is null ? null : People.Body(json) });

    public async Task<int> Status(string path)
    {
        using var response = await Get(path);
        return (int)response.StatusCode;
    }

    public async Task<JsonNode> Json(string path) => await Server.Json(await Get(path));

    public async Task<List<string>> Ids(string path) => [.. (await Json(path))["items"]!.AsArray().Select(i => (string)i!["id"]!)];

    public void Dispose() => Client.Dispose();
}
