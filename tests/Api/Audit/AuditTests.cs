// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tci.Api.Tests.Rights;
using Tci.Contracts;

namespace Tci.Api.Tests.Audit;

[TestClass]
public sealed class AuditTests
{
    [TestMethod]
    public async Task What_is_refused_is_audited_wherever_it_was_refused()
    {
        await using var server = await Server.Start(new ApiOptions { RequestsBurstMax = 30, RequestsPerSecond = 1 });
        using var bob = await server.Add("bob", "\"role\":\"viewer\"");
        using var nobody = new HttpClient { BaseAddress = server.Address };
        await nobody.PostAsync("/api/v1/jobs/job-a/cancel", null);
        await bob.Send("POST", "/api/v1/jobs", Samples.JobBody);
        await bob.Client.PutAsync("/api/v1/groups/x", new StringContent("plain"));
        await server.Client.PutAsync("/api/v1/groups/x", new StringContent("plain"));
        await server.Send(HttpMethod.Put, "/api/v1/groups/x", "{");
        await server.Client.PostAsync("/api/v1/jobs", new StringContent("plain"));
        for (var i = 0; i < 40 && (int)(await bob.Send("POST", "/api/v1/jobs/job-zz/stop")).StatusCode != 429; i++)
        {
        }

        var rows = server.Audit();
        string[] expected =
        [
            "unknown job.cancel job-a unauthenticated", "bob job.create jobs forbidden", "admin group.put groups/x invalid-request", "admin command.unreadable /api/v1/jobs invalid-request",
            "bob job.stop job-zz not-found", "bob job.stop job-zz overloaded",
        ];
        foreach (var row in expected) CollectionAssert.Contains(rows, row, string.Join('\n', rows));
    }

    [TestMethod]
    public async Task What_is_read_or_only_asked_is_not()
    {
        await using var server = await Server.Start();
        var before = server.Audit().Count;
        await server.Get("/api/v1/jobs/job-none");
        await server.Post("/api/v1/jobs/validate", "{");
        await server.Post("/api/v1/nothing", "{}");
        Assert.HasCount(before, server.Audit());
    }

    [TestMethod]
    public async Task Strangers_cannot_flood_it()
    {
        await using var server = await Server.Start();
        using var nobody = new HttpClient { BaseAddress = server.Address };
        for (var i = 0; i < 200; i++) await nobody.DeleteAsync("/api/v1/jobs/job-a");
        await Task.Delay(1100);
        await nobody.DeleteAsync("/api/v1/jobs/job-a");
        Assert.IsLessThan(100, server.Audit().Count);
        Assert.Contains("more commands were refused", string.Join('\n', server.Dump("audit")));
    }

    [TestMethod]
    public async Task It_is_exported_as_lines_whose_hashes_anyone_can_follow()
    {
        await using var server = await Server.Start();
        using var bob = await server.Add("bob", "\"role\":\"viewer\"");
        for (var i = 0; i < 20; i++) await server.Send(HttpMethod.Put, $"/api/v1/groups/žluť{i}", """{"members":["ann"]}""");
        var response = await server.Get("/api/v1/audit");
        Assert.AreEqual("application/jsonl", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        Assert.IsGreaterThan(20, lines.Length);
        var previous = new string('0', 64);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = JsonNode.Parse(lines[i])!;
            Assert.AreEqual(i + 1, (int)line["number"]!);
            Assert.AreEqual(previous, (string?)line["previous"]);
            previous = (string)line["hash"]!;
            // As docs/formats/audit.md says: the line without its last member.
            var covered = lines[i][..lines[i].LastIndexOf(",\"hash\":", StringComparison.Ordinal)] + "}";
            Assert.AreEqual(previous, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(covered))));
        }

        Assert.HasCount(2, (await server.Client.GetStringAsync("/api/v1/audit?after=3&limit=2")).TrimEnd('\n').Split('\n'));
        Assert.AreEqual("", await server.Client.GetStringAsync("/api/v1/audit?account=ann"));
        Assert.HasCount(1, (await server.Client.GetStringAsync("/api/v1/audit?action=account.put")).TrimEnd('\n').Split('\n'));
    }
}
