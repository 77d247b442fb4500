// SPDX-License-Identifier: BSD-3-Clause
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Tci.Contracts;

namespace Tci.Api.Tests.Schedules;

[TestClass]
public sealed partial class ScheduleTests
{
    private const string Path = "/api/v1/schedules";
    private const string Body = $$"""{"name":"hourly","job":{{Samples.JobBody}},"every":"PT1H"}""";
    private readonly Dictionary<ScheduleId, ScheduleView> _schedules = [];
    private readonly List<object> _orders = [];
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        await _server.Places.Record(Samples.Point("local/veth0"));
        _server.Grains.OnSchedule = (id, request) => FakeGrains.Answers(Answer(id, request));
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    private Answer<ScheduleView> Answer(ScheduleId id, object request)
    {
        if (request is not GetSchedule) _orders.Add(request);
        if (request is DefineSchedule define) _schedules.TryAdd(id, View(id, define.Spec));
        if (!_schedules.TryGetValue(id, out var view)) return new Problem(ProblemCodes.NotFound, $"There is no schedule {id}.");
        var state = request switch { PauseSchedule => ScheduleState.Paused, DeleteSchedule => ScheduleState.Ended, ResumeSchedule => ScheduleState.Active, _ => view.State };
        if (request is ResumeSchedule && view.State == ScheduleState.Ended) return new Problem(ProblemCodes.Conflict, "The schedule has ended.");
        return _schedules[id] = view with { State = state, Version = view.Version + (state == view.State ? 0 : 1) };
    }

    private static ScheduleView View(ScheduleId id, ScheduleSpec spec) => Samples.Schedule(id.Value) with { Owner = "admin", Spec = spec, Next = Samples.Noon.AddHours(1) };

    [TestMethod]
    public async Task A_schedule_is_made_read_paused_resumed_and_ended_each_step_with_its_version_and_audited()
    {
        var made = await _server.Post(Path, Body);
        var id = (string)(await Server.Json(made))["id"]!;
        Assert.AreEqual(201, (int)made.StatusCode);
        Assert.MatchesRegex(Id(), id);
        Assert.AreEqual($"{Path}/{id}", made.Headers.Location!.ToString());
        Assert.AreEqual("\"1\"", (await _server.Get($"{Path}/{id}")).Headers.ETag!.Tag);
        Assert.AreEqual("Paused", (string?)(await Server.Json(await _server.Send(HttpMethod.Post, $"{Path}/{id}/pause")))["state"]);
        Assert.AreEqual("Active", (string?)(await Server.Json(await _server.Send(HttpMethod.Post, $"{Path}/{id}/resume")))["state"]);
        var ended = await _server.Send(HttpMethod.Delete, $"{Path}/{id}");
        Assert.AreEqual(("Ended", "\"4\""), ((string?)(await Server.Json(ended))["state"], ended.Headers.ETag!.Tag));
        await Server.Problem(await _server.Send(HttpMethod.Post, $"{Path}/{id}/resume"), 409, ProblemCodes.Conflict);
        CollectionAssert.AreEqual(
            new[] { "create {0} accepted", "pause {0} accepted", "resume {0} accepted", "delete {0} accepted", "resume {0} conflict" }.Select(a => "admin schedule." + string.Format(a, id)).ToList(),
            _server.Audit());
    }

    [TestMethod]
    public async Task With_a_key_it_is_made_once_even_when_its_probe_is_away_by_then()
    {
        var first = await _server.Post(Path, Body, ("Idempotency-Key", "k"));
        _server.Grains.OnCheck = (_, _) => FakeGrains.Answers<FilterVerdict>(new Problem(ProblemCodes.Unreachable, "away"));
        var second = await _server.Post(Path, Body, ("Idempotency-Key", "k"));
        Assert.AreEqual((201, 200), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.AreEqual("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.HasCount(1, _schedules);
        Assert.AreEqual("schedule-" + Api.Requests.IdCharacters.Of("admin", "k"), _schedules.Keys.Single().Value);
    }

    [TestMethod]
    public async Task A_filter_that_cannot_be_compiled_is_refused_before_the_schedule_is_made()
    {
        _server.Grains.OnCheck = (_, _) => FakeGrains.Answers<FilterVerdict>(new Problem(ProblemCodes.InvalidFilter, "syntax error", 4));
        var problem = await Server.Problem(await _server.Post(Path, Body), 422, ProblemCodes.InvalidFilter);
        Assert.AreEqual("job.filter", (string?)problem["field"]);
        Assert.IsEmpty(_orders);
        Assert.EndsWith("invalid-filter", _server.Audit().Single());
    }

    [TestMethod]
    public async Task What_the_schedule_itself_refuses_is_passed_on_and_audited()
    {
        _server.Grains.OnSchedule = (_, _) => FakeGrains.Answers<ScheduleView>(new Problem(ProblemCodes.InvalidSchedule, "It would never start.", 3, "cron"));
        var problem = await Server.Problem(await _server.Post(Path, Body), 422, ProblemCodes.InvalidSchedule);
        Assert.AreEqual((3, "cron"), ((int)problem["position"]!, (string?)problem["field"]));
        Assert.EndsWith("invalid-schedule", _server.Audit().Single());
    }

    [TestMethod]
    [DataRow("{}", "name")]
    [DataRow("""{"name":"x","job":{"name":"y","points":["local/veth0"],"limits":{}},"evry":"PT1H"}""", "evry")]
    [DataRow("""{"name":"x","job":{"name":"y","points":["nonsense"],"limits":{}}}""", "job.points[0]")]
    public async Task A_body_that_cannot_be_read_is_refused_and_audited(string body, string field)
    {
        var problem = await Server.Problem(await _server.Post(Path, body), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(field, (string?)problem["field"]);
        Assert.AreEqual("admin schedule.create schedules invalid-request", _server.Audit().Single());
    }

    [TestMethod]
    public async Task Another_version_than_the_one_named_is_412_and_nothing_is_ordered()
    {
        var id = (string)(await Server.Json(await _server.Post(Path, Body)))["id"]!;
        _orders.Clear();
        await Server.Problem(await _server.Send(HttpMethod.Delete, $"{Path}/{id}", null, ("If-Match", "\"9\"")), 412, ProblemCodes.Conflict);
        Assert.IsEmpty(_orders);
        Assert.AreEqual(200, (int)(await _server.Send(HttpMethod.Post, $"{Path}/{id}/pause", null, ("If-Match", "\"1\""))).StatusCode);
    }

    [TestMethod]
    public async Task The_list_comes_from_the_store()
    {
        var spec = new ScheduleSpec { Name = "stored", Job = Samples.Spec(), Every = TimeSpan.FromHours(1) };
        await _server.Services.GetRequiredService<IScheduleCatalog>().Record(View(new ScheduleId("schedule-stored"), spec));
        Assert.AreEqual("schedule-stored", (string?)(await _server.GetJson(Path))["items"]!.AsArray().Single()!["id"]);
    }

    [GeneratedRegex("^schedule-[a-z2-7]{24}$")]
    private static partial Regex Id();
}
