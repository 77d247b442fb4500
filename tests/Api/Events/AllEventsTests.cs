// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Tci.Contracts;

namespace Tci.Api.Tests.Events;

[TestClass]
public sealed class AllEventsTests
{
    private const string Path = "/api/v1/events";
    private static readonly (string, string) s_stream = ("Accept", "text/event-stream");
    private static readonly JobId s_other = new("job-b");
    private readonly CountingFeed _feed = new();
    private Server _server = null!;
    private int _recorded;

    [TestInitialize]
    public async Task Start()
    {
        var options = new ApiOptions { EventsLookEvery = TimeSpan.FromMilliseconds(20), HeartbeatEvery = TimeSpan.FromMilliseconds(200), EventsBufferedMax = 8 };
        _server = await Server.Start(options, services =>
        {
            var real = services.Last(s => s.ServiceType == typeof(IEventFeed)).ImplementationType!;
            services.AddSingleton<IEventFeed>(p => _feed.Around((IEventFeed)ActivatorUtilities.CreateInstance(p, real)));
        });
        foreach (var id in new[] { Samples.Job, s_other }) await _server.Jobs.Create(new JobSeed(id, "ann", Samples.Spec(), Samples.Noon, null), Samples.Ann);
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    private async Task Record(JobId job, string text, JobState state = JobState.Waiting)
    {
        var sequence = ++_recorded;
        await _server.Jobs.Record(Samples.View(state, sequence) with { Id = job }, null, [new JobEvent(job, sequence, Samples.Noon, state, text)], null);
    }

    [TestMethod]
    public async Task Events_of_all_jobs_are_listed_after_a_number()
    {
        await Record(Samples.Job, "one");
        await Record(s_other, "two");
        var all = await _server.GetJson(Path);
        CollectionAssert.AreEqual(new[] { "one", "two" }, all["items"]!.AsArray().Select(e => (string)e!["text"]!).ToArray());
        await Record(Samples.Job, "three");
        Assert.AreEqual("three", (string?)(await _server.GetJson($"{Path}?after={all["last"]}"))["items"]!.AsArray().Single()!["text"]);
    }

    [TestMethod]
    public async Task A_stream_begins_now_shows_all_jobs_does_not_end_with_one_and_resumes_by_the_last_id()
    {
        await Record(Samples.Job, "before");
        using var first = await EventReader.Open(_server, Path);
        await Record(Samples.Job, "one", JobState.Done);
        await Record(s_other, "two");
        Assert.AreEqual("one", (await first.Next())!.Text);
        var two = (await first.Next())!;
        Assert.AreEqual("two", two.Text);
        await Record(s_other, "three");
        await Record(s_other, "four");
        using var second = await EventReader.Open(_server, Path, ("Last-Event-ID", two.Id));
        Assert.AreEqual("three", (await second.Next())!.Text);
        Assert.AreEqual("four", (await second.Next())!.Text);
        await Record(Samples.Job, "five");
        Assert.AreEqual("five", (await second.Next())!.Text);
    }

    [TestMethod]
    public async Task Thirty_readers_see_every_event_once_in_order_while_it_is_written_and_the_store_is_asked_once_for_all()
    {
        var readers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => EventReader.Open(_server, i % 2 == 0 ? Path : "/api/v1/jobs/job-a/events")));
        await Task.Delay(300);
        var looked = _feed.Looks;
        for (var i = 0; i < 5; i++) await Record(Samples.Job, $"event {i}");
        foreach (var reader in readers)
        {
            for (var i = 0; i < 5; i++) Assert.AreEqual($"event {i}", (await reader.Next())!.Text);
        }

        var before = _feed.Looks;
        await Task.Delay(400);
        // Twenty looks at most in that time, however many read.
        Assert.IsLessThan(25, _feed.Looks - before);
        Assert.IsGreaterThan(looked, _feed.Looks);
        foreach (var reader in readers) reader.Dispose();
    }

    [TestMethod]
    public async Task Readers_that_join_in_the_middle_miss_nothing()
    {
        const int count = 150;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < count; i++) await Record(Samples.Job, $"{i}", i == count - 1 ? JobState.Done : JobState.Waiting);
        });
        var reading = Enumerable.Range(0, 8).Select(async i =>
        {
            await Task.Delay(i * 30);
            var seen = new List<string>();
            var last = "0";
            // Cut off at its small buffer, a reader resumes as a browser would.
            while (seen.Count < count)
            {
                using var reader = await EventReader.Open(_server, "/api/v1/jobs/job-a/events", ("Last-Event-ID", last));
                while (await reader.Next() is { } e)
                {
                    seen.Add(e.Text);
                    last = e.Id;
                }
            }

            return seen;
        }).ToList();
        await writing;
        foreach (var seen in await Task.WhenAll(reading).WaitAsync(TimeSpan.FromSeconds(60))) CollectionAssert.AreEqual(Enumerable.Range(0, count).Select(i => $"{i}").ToList(), seen);
    }

    [TestMethod]
    public async Task A_reader_who_does_not_read_is_cut_off_and_slows_nobody()
    {
        using var idle = await RawHttp.Open(_server, Path, "text/event-stream");
        using var reader = await EventReader.Open(_server, Path);
        var text = new string('x', 400_000);
        for (var i = 0; i < 100 && _server.Logs.Lines.All(l => l.Id != 4008); i++)
        {
            await Record(Samples.Job, $"{i}{text}");
            Assert.StartsWith($"{i}x", (await reader.Next())!.Text);
        }

        Assert.AreEqual(1, _server.Logs.Lines.Count(l => l.Id == 4008));
        await Record(Samples.Job, "still there");
        Assert.AreEqual("still there", (await reader.Next())!.Text);
    }

    [TestMethod]
    public async Task A_store_that_fails_for_a_while_loses_nothing()
    {
        using var reader = await EventReader.Open(_server, Path);
        await Record(Samples.Job, "one");
        Assert.AreEqual("one", (await reader.Next())!.Text);
        _feed.Fails = true;
        await Record(Samples.Job, "two");
        await Task.Delay(100);
        _feed.Fails = false;
        Assert.AreEqual("two", (await reader.Next())!.Text);
        Assert.IsTrue(_server.Logs.Lines.Any(l => l.Id == 4009));
    }

    [TestMethod]
    [DataRow("?after=-1", null, "after")]
    [DataRow("?after=x", null, "after")]
    [DataRow("?after=1000000", null, "after")]
    [DataRow("", "x", "Last-Event-ID")]
    [DataRow("", "-5", "Last-Event-ID")]
    [DataRow("", "1000000", "Last-Event-ID")]
    [DataRow("", "99999999999999999999", "Last-Event-ID")]
    public async Task A_number_that_is_none_is_refused(string query, string? lastEventId, string field)
    {
        var headers = lastEventId is null ? Array.Empty<(string, string)>() : [s_stream, ("Last-Event-ID", lastEventId)];
        var problem = await Server.Problem(await _server.Get(Path + query, headers), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(field, (string?)problem["field"]);
    }
}
