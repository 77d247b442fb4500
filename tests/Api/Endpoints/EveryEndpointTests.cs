// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Nodes;
using Tci.Contracts;

namespace Tci.Api.Tests.Endpoints;

/// <summary>What holds for every endpoint there is: the table is the OpenAPI document, so that a new one cannot be forgotten.</summary>
[TestClass]
public sealed class EveryEndpointTests
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    private static readonly Dictionary<string, string> s_bodies = new()
    {
        ["processJob"] = """{"processing":[{"processor":"flows"}]}""",
        ["limitPoint"] = "{}",
        ["holdJob"] = """{"reason":"r"}""",
        ["maintainPoint"] = """{"reason":"x"}""",
        ["changeJob"] = Samples.JobBody,
        ["labelJob"] = """{"set":{"a":"b"}}""",
    };

    private static Server s_server = null!;
    private static List<Operation> s_operations = [];

    private sealed record Operation(string Path, string Method, string Id)
    {
        /// <summary>One that must be there: what a put names it makes.</summary>
        public bool NamesAResource => Path.Contains('{', StringComparison.Ordinal) && Id is not ("putAccount" or "putGroup" or "putPointGroup");

        /// <summary>The path with resources that do not exist.</summary>
        public string Unknown => Path.With(
            ("/runs/{capture}/{step}", "/runs/0/0"),
            ("/jobs/{id}", "/jobs/job-none"),
            ("/schedules/{id}", "/schedules/schedule-none"),
            ("/probes/{id}", "/probes/none"),
            ("{probe}/{name}", "none/none"),
            ("{path}", "x.csv"),
            ("{name}", "none"),
            ("{id}", "none"));

        /// <summary>The path with texts that are no ids.</summary>
        public string Nonsense => Path.With(
            ("{id}", "%2e%2e%27%20"),
            ("{capture}/{step}", "x/y"),
            ("{probe}", "a%20b"),
            ("{name}", "%3C"),
            ("{path}", "x.csv"));
    }

    [ClassInitialize]
    public static async Task Start(TestContext context)
    {
        s_server = await Server.Start();
        var paths = (await s_server.GetJson("/openapi/v1.json"))["paths"]!.AsObject();
        s_operations = [.. from path in paths where path.Key.StartsWith("/api/", StringComparison.Ordinal)
                           from method in path.Value!.AsObject()
                           select new Operation(path.Key, method.Key.ToUpperInvariant(), (string)method.Value!["operationId"]!)];
        Assert.IsGreaterThan(30, s_operations.Count);
    }

    [ClassCleanup]
    public static async Task Stop() => await s_server.DisposeAsync();

    [TestMethod]
    public async Task Without_a_token_each_is_401()
    {
        using var client = new HttpClient { BaseAddress = s_server.Address };
        foreach (var operation in s_operations.Where(o => o.Id != "signIn"))
        {
            var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(operation.Method), operation.Unknown));
            await Expect(operation, response, 401, ProblemCodes.Unauthenticated);
        }
    }

    [TestMethod]
    public async Task What_does_not_exist_is_404_everywhere()
    {
        foreach (var operation in s_operations.Where(o => o.NamesAResource))
        {
            foreach (var path in new[] { operation.Unknown, operation.Nonsense })
                await Expect(operation, await Call(operation, path), 404, ProblemCodes.NotFound);
        }
    }

    [TestMethod]
    public async Task A_method_that_is_not_there_is_405_and_says_which_are()
    {
        foreach (var path in s_operations.GroupBy(o => o.Path))
        {
            var there = path.Select(o => o.Method).ToList();
            // What looks like a job's id to these is served as one.
            var elsewhere = path.Key is "/api/v1/jobs/validate" or "/api/v1/jobs/estimate" or "/api/v1/jobs/bulk" ? new[] { "GET", "DELETE" } : [];
            foreach (var method in s_methods.Except(there).Except(elsewhere))
            {
                var response = await s_server.Send(new HttpMethod(method), path.First().Unknown);
                await Expect(path.First(), response, 405, ProblemCodes.InvalidRequest);
                CollectionAssert.IsSubsetOf(there, response.Content.Headers.Allow.ToList(), path.Key);
            }
        }
    }

    [TestMethod]
    public async Task A_command_to_what_does_not_exist_is_audited_under_its_own_name()
    {
        await using var server = await Server.Start();
        foreach (var operation in s_operations.Where(o => o.NamesAResource && o.Method is not ("GET" or "HEAD")))
        {
            var before = server.Audit().Count;
            await server.Send(new HttpMethod(operation.Method), operation.Unknown, s_bodies.GetValueOrDefault(operation.Id));
            var rows = server.Audit()[before..];
            Assert.HasCount(1, rows, operation.ToString());
            Assert.EndsWith(" not-found", rows[0], operation.ToString());
        }
    }

    [TestMethod]
    public async Task Each_that_takes_a_body_refuses_another_kind_of_it()
    {
        var document = await s_server.GetJson("/openapi/v1.json");
        var withBody = s_operations.Where(o => document["paths"]![o.Path]![o.Method.ToLowerInvariant()]!["requestBody"] is not null).ToList();
        Assert.IsGreaterThan(6, withBody.Count);
        foreach (var operation in withBody)
        {
            var request = new HttpRequestMessage(new HttpMethod(operation.Method), operation.Unknown) { Content = new StringContent("name: x") };
            await Expect(operation, await s_server.Client.SendAsync(request), 415, ProblemCodes.InvalidRequest);
            var broken = await s_server.Send(new HttpMethod(operation.Method), operation.Unknown, "{\"a\":");
            // A job that is not there is missed before the body is read.
            if (operation.Unknown.Contains("/job-none", StringComparison.Ordinal)) await Expect(operation, broken, 404, ProblemCodes.NotFound);
            else await Expect(operation, broken, 400, ProblemCodes.InvalidRequest);
        }
    }

    private static Task<HttpResponseMessage> Call(Operation operation, string path) =>
        s_server.Send(new HttpMethod(operation.Method), path, s_bodies.GetValueOrDefault(operation.Id));

    private static async Task<JsonNode> Expect(Operation operation, HttpResponseMessage response, int status, string code)
    {
        Assert.AreEqual(status, (int)response.StatusCode, $"{operation}: {await response.Content.ReadAsStringAsync()}");
        return operation.Method == "HEAD" ? new JsonObject() : await Server.Problem(response, status, code);
    }
}
