// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Api.Tests.OpenApi;

/// <summary>Sends every example of the OpenAPI document to a server where what it names is there.</summary>
[TestClass]
public sealed class ExampleTests
{
    // Accounts, groups, grants and tokens have tests of their own, with stores behind them.
    private static readonly string[] s_tags = ["jobs", "schedules", "points", "data sets", "flows", "runs", "filters", "server"];
    private static readonly DateTimeOffset s_ended = Samples.Noon.AddHours(1);

    [TestMethod]
    public async Task Every_body_and_every_path_has_an_example_and_the_server_takes_it()
    {
        await using var server = await Server.Start();
        var paths = (await server.GetJson("/openapi/v1.json"))["paths"]!.AsObject();
        await Prepare(server, (string)paths["/api/v1/jobs/{id}"]!["get"]!["parameters"]![0]!["example"]!);
        var sent = 0;
        // Reads first, so that nothing is gone by then.
        foreach (var (method, path, operation) in Operations(paths).OrderBy(o => o.Method == "DELETE").ThenBy(o => o.Method != "GET"))
        {
            var body = operation["requestBody"]?["content"]!["application/json"]!["example"];
            Assert.AreEqual(operation["requestBody"] is not null, body is not null, $"{method} {path} has a body without an example.");
            var response = await server.Send(new HttpMethod(method), Fill(path, operation), body?.ToJsonString());
            Assert.IsTrue((int)response.StatusCode is >= 200 and < 300, $"{method} {path}: {await response.Content.ReadAsStringAsync()}");
            sent++;
        }

        Assert.IsGreaterThan(38, sent);
    }

    [TestMethod]
    public async Task Every_json_answer_has_an_example_that_reads_as_its_type_and_is_written_the_same_again()
    {
        await using var server = await Server.Start();
        var paths = (await server.GetJson("/openapi/v1.json"))["paths"]!.AsObject();
        var types = server.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items.SelectMany(g => g.Items)
            .SelectMany(d => d.SupportedResponseTypes.Select(t => (Key: $"{d.HttpMethod} /{Plain(d.RelativePath!)} {t.StatusCode}", t.Type))).ToLookup(t => t.Key, t => t.Type);
        var strict = new JsonSerializerOptions(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        var read = 0;
        foreach (var (method, path, status, form, content) in Answers(paths))
        {
            if (form is not ("application/json" or "application/jsonl")) continue;
            var at = $"{method.ToUpperInvariant()} {path} {status}";
            var example = content["example"];
            Assert.IsNotNull(example, $"{at} has no example.");
            Assert.HasCount(1, types[at].Distinct(), at);
            var type = types[at].First()!;
            Assert.IsTrue(JsonNode.DeepEquals(example, JsonSerializer.SerializeToNode(example.Deserialize(type, strict), type, ContractJson.Options)), $"{at}: {example}");
            read++;
        }

        Assert.IsGreaterThan(60, read);
    }

    private static string Plain(string path) => path.TrimEnd('/').Replace("{**", "{", StringComparison.Ordinal);

    private static IEnumerable<(string Method, string Path, string Status, string Form, JsonNode Content)> Answers(JsonObject paths) =>
        from path in paths
        from method in path.Value!.AsObject()
        from answer in method.Value!["responses"]!.AsObject()
        where answer.Key.StartsWith('2')
        from form in answer.Value!["content"]?.AsObject() ?? []
        select (method.Key, path.Key, answer.Key, form.Key, form.Value!);

    private static IEnumerable<(string Method, string Path, JsonNode Operation)> Operations(JsonObject paths) =>
        from path in paths
        where path.Key.StartsWith("/api/", StringComparison.Ordinal)
        from method in path.Value!.AsObject()
        where s_tags.Contains((string)method.Value!["tags"]![0]!)
        select (method.Key.ToUpperInvariant(), path.Key, method.Value!);

    private static string Fill(string path, JsonNode operation)
    {
        foreach (var parameter in operation["parameters"]?.AsArray().Where(p => (string)p!["in"]! == "path") ?? [])
        {
            Assert.IsNotNull(parameter!["example"], $"{path}: '{parameter["name"]}' has no example.");
            path = path.Replace($"{{{parameter["name"]}}}", (string)parameter["example"]!, StringComparison.Ordinal);
        }

        return path;
    }

    private static async Task Prepare(Server server, string id)
    {
        var job = new JobId(id);
        var run = new RunId(new CaptureId(new ProbeId("local"), job, 0), 0);
        var files = Samples.DataSet(server.Files, ("flow.csv", "uint64 BYTES\n1\n"u8.ToArray()));
        var view = Samples.View(JobState.Done) with { Id = job, Ended = s_ended, Runs = [new JobRunView(run, "flows", RunState.Done, 1, null)] };
        await server.Jobs.Create(new JobSeed(job, "ann", Samples.Spec(), Samples.Noon, null), Samples.Ann);
        await server.Jobs.Record(view, null, [], files);
        var point = Samples.Point("local/eth0");
        await server.Places.Record(point);
        var schedule = Samples.Schedule();
        server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(view);
        server.Grains.OnOrder = (_, _) => FakeGrains.Answers<JobView>(view);
        server.Grains.OnCancel = (_, _) => FakeGrains.Answers<JobView>(view);
        server.Grains.OnSubmit = (_, _) => FakeGrains.Answers<JobView>(view);
        server.Grains.OnPoint = _ => FakeGrains.Answers<PointView>(point);
        server.Grains.OnPointOrder = (_, _) => FakeGrains.Answers<PointView>(point);
        server.Grains.OnDefine = (_, _) => FakeGrains.Answers<PointView>(point);
        server.Grains.OnSchedule = (_, _) => FakeGrains.Answers<ScheduleView>(schedule);
        server.Grains.OnProbe = p => FakeGrains.Answers<ProbeView>(new ProbeView { Id = p, Present = true, LastSeen = Samples.Noon, Host = "h", Version = "1", DiskFreeBytes = 1 });
        server.Tables.OnPage = (_, _) => FakeGrains.Answers<FlowTablePage>(new FlowTablePage([], [], 0, 0, null));
        server.Tables.OnSummary = (_, _) => FakeGrains.Answers<FlowTableSummary>(new FlowTableSummary(1, Flows.FlowTableTests.NoFlows, null));
        server.Tables.OnLog = _ => FakeGrains.Answers<RunLog>(new RunLog([], 0));
    }
}
