// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Rights;

/// <summary>Nothing tells those who may not see a thing that it is there.</summary>
[TestClass]
public sealed class HiddenThingsTests
{
    private Server _server = null!;
    private Person _bob = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start(new ApiOptions { EventsLookEvery = TimeSpan.FromMilliseconds(20), HeartbeatEvery = TimeSpan.FromMilliseconds(100) });
        _server.Grains.OnPoint = id => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        await _server.Points("local/veth0", "local/veth1", "far/eth0");
        foreach (var point in new[] { "local/veth0", "local/veth1", "far/eth0" }) Assert.IsTrue((await _server.Catalog.Points()).Any(p => p.Id.Value == point));
        _bob = await _server.Add("bob", "\"role\":\"operator\",\"point\":\"local/veth1\"");
    }

    [TestCleanup]
    public async Task Stop()
    {
        _bob.Dispose();
        await _server.DisposeAsync();
    }

    [TestMethod]
    [DataRow("GET", "/api/v1/jobs/{0}", "job-hidden", "job-none")]
    [DataRow("DELETE", "/api/v1/jobs/{0}", "job-hidden", "job-none")]
    [DataRow("POST", "/api/v1/jobs/{0}/cancel", "job-hidden", "job-none")]
    [DataRow("GET", "/api/v1/jobs/{0}/manifest", "job-hidden", "job-none")]
    [DataRow("GET", "/api/v1/jobs/{0}/events", "job-hidden", "job-none")]
    [DataRow("GET", "/api/v1/jobs/{0}/files/flow.csv", "job-hidden", "job-none")]
    [DataRow("GET", "/api/v1/points/{0}", "local/veth0", "local/veth9")]
    [DataRow("DELETE", "/api/v1/points/{0}", "local/veth0", "local/veth9")]
    [DataRow("GET", "/api/v1/probes/{0}", "far", "nowhere")]
    public async Task The_answer_is_that_of_a_thing_that_is_not_there(string method, string path, string hidden, string none)
    {
        await _server.Job("job-hidden", "ann", "local/veth0");
        var there = await _bob.Send(method, string.Format(null, path, hidden));
        var absent = await _bob.Send(method, string.Format(null, path, none));
        await Server.Problem(there, 404, ProblemCodes.NotFound);
        Assert.AreEqual((await absent.Content.ReadAsStringAsync()).Replace(none, hidden, StringComparison.Ordinal), await there.Content.ReadAsStringAsync());
        CollectionAssert.AreEqual(absent.Headers.Select(h => h.Key).ToList(), there.Headers.Select(h => h.Key).ToList());
    }

    [TestMethod]
    public async Task A_job_on_a_hidden_point_is_refused_as_one_on_a_point_that_is_not_there()
    {
        var hidden = await Server.Problem(await _bob.Send("POST", "/api/v1/jobs", Samples.JobBody), 422, ProblemCodes.UnknownPoint);
        var none = await Server.Problem(await _bob.Send("POST", "/api/v1/jobs", Samples.JobBody.Replace("veth0", "veth9", StringComparison.Ordinal)), 422, ProblemCodes.UnknownPoint);
        Assert.AreEqual(none.ToJsonString().Replace("veth9", "veth0", StringComparison.Ordinal), hidden.ToJsonString());
    }

    [TestMethod]
    public async Task Lists_show_ones_own_jobs_and_those_all_of_whose_points_one_may_see_and_pages_stay_whole()
    {
        for (var i = 0; i < 6; i++)
        {
            await _server.Job($"job-h{i}", "ann", "local/veth0");
            await _server.Job($"job-both{i}", "ann", "local/veth0", "local/veth1");
            await _server.Job($"job-s{i}", "ann", "local/veth1");
        }

        await _server.Job("job-own", "bob", "local/veth0");
        var found = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await _bob.Json("/api/v1/jobs?limit=3" + (next.Length > 0 ? "&cursor=" + next : ""));
            next = (string?)page["next"];
            Assert.IsTrue(next is null || page["items"]!.AsArray().Count == 3, "A page that is not the last is full.");
            found.AddRange(page["items"]!.AsArray().Select(j => (string)j!["id"]!));
        }

        CollectionAssert.AreEquivalent(Enumerable.Range(0, 6).Select(i => $"job-s{i}").Append("job-own").ToList(), found);
        Assert.IsEmpty(await _bob.Ids("/api/v1/jobs?point=local/veth0&owner=ann"));
        CollectionAssert.AreEqual(new[] { "local/veth1" }, await _bob.Ids("/api/v1/points"));
    }

    [TestMethod]
    public async Task Events_of_hidden_jobs_are_neither_listed_nor_streamed()
    {
        await _server.Job("job-a", "ann", "local/veth0");
        await _server.Job("job-b", "ann", "local/veth1");
        await Event("job-a", 1);
        await Event("job-b", 1);
        var listed = (await _bob.Json("/api/v1/events"))["items"]!.AsArray();
        Assert.AreEqual("job-b", (string?)listed.Single()!["job"]);

        using var reader = await EventsOf(_bob);
        await Event("job-a", 2);
        await Event("job-b", 2);
        Assert.AreEqual("job-b 2", (await reader.Next())!.Text);
    }

    [TestMethod]
    public async Task A_stream_ends_with_the_token_it_was_opened_with()
    {
        await _server.Job("job-b", "ann", "local/veth1");
        using var reader = await EventsOf(_bob);
        Assert.AreEqual(204, (int)(await _bob.Send("DELETE", "/api/v1/tokens/current")).StatusCode);
        await Event("job-b", 1);
        Assert.IsNull(await reader.Next());
    }

    private async Task<Events.EventReader> EventsOf(Person person) =>
        await Events.EventReader.Open(_server, "/api/v1/events", ("Authorization", $"Bearer {person.Token}"));

    private Task Event(string job, int sequence) => _server.Jobs.Record(
        Samples.View(JobState.Waiting, sequence) with { Id = new JobId(job) }, null, [new JobEvent(new JobId(job), sequence, Samples.Noon, JobState.Waiting, $"{job} {sequence}")], null);
}
