// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Nodes;
using Tci.Contracts;

namespace Tci.Api.Tests.Events;

[TestClass]
public sealed class EventTests
{
    private static readonly (string, string) s_stream = ("Accept", "text/event-stream");
    private Server _server = null!;

    [TestInitialize]
    public async Task Start() => _server = await Server.Start(new ApiOptions
    {
        EventsLookEvery = TimeSpan.FromMilliseconds(20),
        HeartbeatEvery = TimeSpan.FromMilliseconds(60),
        EventStreamsMax = 2,
    });

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task Events_are_listed_after_a_sequence()
    {
        await Samples.Store(_server, JobState.Waiting, [Samples.Event(1, JobState.Scheduled), Samples.Event(2, JobState.Waiting, "waits")]);
        var all = await _server.GetJson("/api/v1/jobs/job-a/events");
        Assert.AreEqual((2, 2), (all["items"]!.AsArray().Count, (int)all["last"]!));
        var rest = await _server.GetJson("/api/v1/jobs/job-a/events?after=1");
        Assert.AreEqual("waits", (string?)rest["items"]!.AsArray().Single()!["text"]);
        Assert.AreEqual(9, (int)(await _server.GetJson("/api/v1/jobs/job-a/events?after=9"))["last"]!);
    }

    [TestMethod]
    public async Task A_stream_sends_what_is_there_what_comes_and_ends_after_the_final_event()
    {
        await Samples.Store(_server, JobState.Waiting, [Samples.Event(1, JobState.Waiting)], version: 1);
        using var response = await _server.Get("/api/v1/jobs/job-a/events", s_stream);
        Assert.AreEqual("text/event-stream", response.Content.Headers.ContentType!.ToString());
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.AreEqual(1, (int)(await Next(reader))!["sequence"]!);
        await _server.Jobs.Record(Samples.View(JobState.Capturing, 2), null, [Samples.Event(2, JobState.Capturing, "line\nbreak")], null);
        Assert.AreEqual("line\nbreak", (string?)(await Next(reader))!["text"]);
        await _server.Jobs.Record(Samples.View(JobState.Done, 3), null, [Samples.Event(3, JobState.Done)], null);
        Assert.AreEqual(3, (int)(await Next(reader))!["sequence"]!);
        Assert.IsNull(await Next(reader));
    }

    [TestMethod]
    public async Task A_stream_resumes_after_the_last_event_id_whatever_the_address_says()
    {
        await Samples.Store(_server, JobState.Done, [Samples.Event(1, JobState.Waiting), Samples.Event(2, JobState.Capturing), Samples.Event(3, JobState.Done)]);
        using var response = await _server.Get("/api/v1/jobs/job-a/events?after=0", s_stream, ("Last-Event-ID", "1"));
        var text = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("id: 1\n", text);
        Assert.Contains("id: 2\ndata: {", text);
        Assert.Contains("id: 3\ndata: {", text);
    }

    [TestMethod]
    public async Task A_stream_of_a_final_job_that_has_been_read_is_204_so_that_nobody_reconnects()
    {
        await Samples.Store(_server, JobState.Done, [Samples.Event(1, JobState.Done)]);
        Assert.AreEqual(204, (int)(await _server.Get("/api/v1/jobs/job-a/events", s_stream, ("Last-Event-ID", "1"))).StatusCode);
    }

    [TestMethod]
    public async Task A_silent_stream_beats()
    {
        await Samples.Store(_server, JobState.Waiting);
        using var response = await _server.Get("/api/v1/jobs/job-a/events", s_stream);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var beats = 0; beats < 2;)
        {
            if (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)) == ": heartbeat") beats++;
        }
    }

    [TestMethod]
    public async Task A_stream_after_a_sequence_that_never_came_ends_with_the_job()
    {
        await Samples.Store(_server, JobState.Waiting, version: 1);
        using var response = await _server.Get("/api/v1/jobs/job-a/events?after=1000", s_stream);
        await _server.Jobs.Record(Samples.View(JobState.Done, 2), null, [Samples.Event(1, JobState.Done)], null);
        Assert.DoesNotContain("data:", await response.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [TestMethod]
    public async Task More_streams_than_the_bound_are_refused_and_closed_ones_make_room()
    {
        await Samples.Store(_server, JobState.Waiting);
        var open = new[] { await _server.Get("/api/v1/jobs/job-a/events", s_stream), await _server.Get("/api/v1/jobs/job-a/events", s_stream) };
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a/events", s_stream), 503, ProblemCodes.Overloaded);
        foreach (var stream in open) stream.Dispose();
        for (var tries = 0; ; tries++)
        {
            using var again = await _server.Get("/api/v1/jobs/job-a/events", s_stream);
            if (again.IsSuccessStatusCode) break;
            Assert.IsLessThan(200, tries, "Closed streams made no room.");
            await Task.Delay(50);
        }
    }

    [TestMethod]
    public async Task A_server_that_ends_ends_its_streams()
    {
        await Samples.Store(_server, JobState.Waiting);
        using var response = await _server.Get("/api/v1/jobs/job-a/events", s_stream);
        var read = response.Content.ReadAsStringAsync();
        await _server.Stop().WaitAsync(TimeSpan.FromSeconds(10));
        await read.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TestMethod]
    [DataRow("?after=-1", null, "after")]
    [DataRow("?after=x", null, "after")]
    [DataRow("", "x", "Last-Event-ID")]
    [DataRow("", "-5", "Last-Event-ID")]
    public async Task A_sequence_that_is_none_is_refused(string query, string? lastEventId, string field)
    {
        await Samples.Store(_server, JobState.Waiting);
        var headers = lastEventId is null ? Array.Empty<(string, string)>() : [s_stream, ("Last-Event-ID", lastEventId)];
        var problem = await Server.Problem(await _server.Get("/api/v1/jobs/job-a/events" + query, headers), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(field, (string?)problem["field"]);
    }

    /// <summary>The next event's data, null at the end.</summary>
    private static async Task<JsonNode?> Next(StreamReader reader)
    {
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonNode.Parse(line[6..]);
        }

        return null;
    }
}
