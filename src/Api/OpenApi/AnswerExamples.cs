// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Nodes;
using Tci.Api.Events;
using Tci.Api.Filters;
using Tci.Api.Flows;
using Tci.Api.Health;
using Tci.Api.Jobs;
using Tci.Api.Problems;
using Tci.Api.Servers;
using Tci.Api.SignIn;
using Tci.Api.Tokens;
using Tci.Contracts;

namespace Tci.Api.OpenApi;

/// <summary>What answers look like in the OpenAPI document: one value for each type, written as the API writes it.</summary>
internal static class AnswerExamples
{
    private static readonly DateTimeOffset s_evening = new(2026, 11, 20, 20, 0, 0, TimeSpan.Zero);
    private static readonly JobId s_job = new("job-mzxw6ytboi4dsmrt");
    private static readonly PointId s_point = new("local/eth0");
    private static readonly CaptureId s_capture = new(new ProbeId("local"), s_job, 0);
    private static readonly JobSpec s_spec = Examples.Body("createJob").Deserialize<JobSpec>(ContractJson.Options)!;
    private static readonly JobRunView s_run = new(new RunId(s_capture, 0), "flows", RunState.Done, 1, null);

    private static readonly CaptureCounters s_counters = new()
    {
        Seen = new Traffic(5120, 4_096_000),
        Stored = new Traffic(5000, 4_000_000),
        OutsideWindow = new Traffic(20, 16_000),
        Filtered = new Traffic(100, 80_000),
        SampledOut = Traffic.None,
        Cut = Traffic.None,
        Dropped = new Dictionary<string, Traffic> { ["kernel"] = Traffic.None },
        InFlight = Traffic.None,
    };

    private static readonly JobCaptureView s_collected = new(
        s_capture, s_point, CaptureState.Collected, s_counters, new CaptureEnd("duration", s_evening.AddSeconds(2), s_evening.AddSeconds(12), s_evening.AddSeconds(2.1), s_evening.AddSeconds(11.9)), null);

    private static readonly JobView s_view = new()
    {
        Id = s_job,
        Owner = "ann",
        Spec = s_spec,
        State = JobState.Done,
        Created = s_evening,
        Started = s_evening.AddSeconds(2),
        Ended = s_evening.AddSeconds(15),
        Captures = [s_collected],
        Runs = [s_run],
        HasDataSet = true,
        Version = 9,
    };

    private static readonly JobEvent s_event = new(s_job, 3, s_evening.AddSeconds(2), JobState.Capturing, "Capturing on local/eth0.");
    private static readonly Quota s_quota = new() { Group = "research", BytesMax = 1_000_000_000_000, JobsMax = 50, CapturesMax = 8 };
    private static readonly QuotaView s_quotaView = new(s_quota, new Usage(4_000_000, 1, 1));

    private static readonly TokenView s_token = new(
        "token-mzxw6ytboi4dsmrt", "ann", "nightly fetch", TokenKind.Api, s_evening, s_evening.AddDays(90), null, new TokenScope([Capability.See, Capability.RawData], [s_point]));

    private static readonly ProblemDocument s_problem = new()
    {
        Type = "/problems/not-found",
        Title = "Not found",
        Status = 404,
        Detail = "There is no job job-mzxw6ytboi4dsmrt.",
        Code = ProblemCodes.NotFound,
    };

    private static readonly Dictionary<Type, object> s_values = new object[]
    {
        s_view, s_run, s_quota, s_quotaView, s_token, Manifest(), Server(), Estimate(), Schedule(), Summary(),
        new Validity(true),
        new FilterAnswer(12),
        new HealthAnswer("ready"),
        new EventList([s_event], 3),
        new AllEventsList([s_event], 1017),
        new MadeToken("tci_mzxw6ytboi4dsmrtmzxw6ytboi4dsmrtmzxw6ytboi4dsmrt", s_token),
        new BulkResult(1, 1, false, [new BulkItem(new JobId("job-gezdgnbvgy3tqojq"), 200, JobState.Cancelled, null), new BulkItem(s_job, 404, null, s_problem)]),
        new FlowList([new FlowTableColumn("DST_IP", "ipaddr"), new FlowTableColumn("BYTES", "uint64")], [new FlowTableRow(0, ["192.0.2.2", "1500"])], 5000, 1, null),
        new RunLog([new RunLogLine(s_evening.AddSeconds(14), false, "5000 packets, 120 flows")], 0),
        new Me("ann", ["research"], s_evening.AddDays(90), s_token, [new HeldRight("grant-mzxw6ytboi4dsmrt", "operator", [Capability.See, Capability.Create], [s_point], 128, false)], [s_quotaView], new Usage(4_000_000, 1, 1)),
        new AccountView("ann", AccountKind.Local, "Ann Example", false, true, s_evening, ["research"]),
        new GroupView("research", ["ann", "oidc:7f3a"], 2),
        new Grant { Id = "grant-mzxw6ytboi4dsmrt", Group = "research", Role = "operator", PointGroup = "campus", PayloadBytesMax = 128, Created = s_evening, CreatedBy = "admin" },
        new PointView { Id = s_point, Source = "afpacket:eth0", Origin = PointOrigin.Found, Present = true, Detail = "10000 Mb/s", Captures = 1, Queued = 0, Version = 3 },
        new ProbeView { Id = s_point.Probe, Present = true, LastSeen = s_evening, Host = "capture1", Version = "0.1.0", DiskFreeBytes = 900_000_000_000, EngineVersion = "0.1.0", Load = 0.4, Revision = 12 },
        new AuditLine(2, s_evening, "ann", "192.0.2.7", "job.cancel", s_job.Value, "accepted", null, new string('0', 64), new string('1', 64)),
    }.ToDictionary(v => v.GetType());

    /// <summary>Null for what is not JSON, and for a type that has none.</summary>
    public static JsonNode? Of(Type? type)
    {
        if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(Page<>))
            return Of(type.GenericTypeArguments[0]) is { } item ? new JsonObject { ["items"] = new JsonArray(item) } : null;
        return type is not null && s_values.TryGetValue(type, out var value) ? JsonSerializer.SerializeToNode(value, type, ContractJson.Options) : null;
    }

    private static Manifest Manifest() => new()
    {
        Job = s_job,
        Owner = "ann",
        State = JobState.Done,
        Partial = false,
        Created = s_evening,
        Started = s_evening.AddSeconds(2),
        Ended = s_evening.AddSeconds(15),
        Spec = s_spec,
        Captures = [s_collected],
        Runs = [s_run],
        Programs = new Dictionary<string, string> { ["tci"] = "0.1.0", ["engine"] = "0.1.0" },
        Files = [new ManifestFile("flow.csv", 18_204, new string('a', 64)), new ManifestFile("traffic.pcap", 4_080_024, new string('b', 64))],
    };

    private static ServerInformation Server() => new(
        "0.1.0",
        "one-machine",
        s_evening,
        [new ServerProbe(s_point.Probe, true, "0.1.0", "0.1.0")],
        new ServerLimits(1_048_576, 200, 1000, 500, TimeSpan.FromSeconds(15), 500, 1000, 500),
        ["schedules", "event-streams"],
        ["flows"]);

    private static JobEstimate Estimate() => new(
        4_080_024, null, [new PointEstimate(s_point, 4_080_024, null, EstimateBasis.SameFilter, new TrafficRate(3, 30, 500, 400_000), 900_000_000_000, "From what 3 recent captures stored with this filter, sampling and cutting in 30 s; traffic changes.")]);

    private static ScheduleView Schedule() => new()
    {
        Id = new ScheduleId("schedule-mzxw6ytboi4dsmrt"),
        Owner = "ann",
        Spec = Examples.Body("createSchedule").Deserialize<ScheduleSpec>(ContractJson.Options)!,
        State = ScheduleState.Active,
        Created = s_evening,
        Next = s_evening.AddDays(2).AddHours(-1),
        Made = 1,
        Missed = 0,
        Refused = 1,
        LastRefused = s_evening.AddDays(1).AddHours(-1),
        LastJob = s_job,
        Problem = new Problem(ProblemCodes.Forbidden, "The account ann holds no right on local/eth0.", Field: "points"),
        Version = 3,
    };

    private static FlowTableSummary Summary()
    {
        var web = new FlowShare("443", 100, 4800, 3_900_000);
        var top = new FlowTopList([web], 7, 0);
        var totals = new FlowTotals(
            120, 5000, 4_000_000, s_evening.AddSeconds(2), s_evening.AddSeconds(12), [web with { Name = "tcp" }], top with { Items = [web with { Name = "192.0.2.7" }] }, top, top with { Items = [web with { Name = "example.org" }] }, [new FlowBucket("<1s", 90)]);
        return new FlowTableSummary(1, totals, new FlowTimeline(s_evening, 5, [new FlowTimelineStep(120, 5000, 4_000_000)]));
    }
}
