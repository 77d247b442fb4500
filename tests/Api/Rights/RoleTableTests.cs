// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Tests.Rights;

/// <summary>
/// Every endpoint against every role, granted on everything, and against someone without a grant: + lets through, - is 403, . is 404 as if what is named
/// were not there. The job and the schedule that are named belong to somebody else. An endpoint without a line fails.
/// </summary>
[TestClass]
public sealed class RoleTableTests
{
    private static readonly string[] s_columns = ["viewer", "member", "operator", "analyst", "reviewer", "responder", "maintainer", "administrator", "none"];

    // viewer member operator analyst reviewer responder maintainer administrator none
    private const string Table = """
        createJob         - + + + - + - + -
        validateJob       - + + + - + - + -
        quickCapture      - + + + - + - + -
        listJobs          + + + + + + + + +
        getJob            + . + + + + + + .
        cancelJob         - . - - - + - + .
        stopJob           - . - - - + - + .
        pauseJob          - . - - - + - + .
        resumeJob         - . - - - + - + .
        deleteJob         - . - - - + - + .
        processJob        - . - - - + - + .
        holdJob           - . - - - + - + .
        releaseJob        - . - - - + - + .
        runJobAgain       - . + + - + - + .
        listJobEvents     + . + + + + + + .
        listEvents        + + + + + + + + +
        getDataSet        + . + + + + + + .
        getManifest       + . + + + + + + .
        getFile           + . + + + + + + .
        listSchedules     + + + + + + + + +
        createSchedule    - + + + - + - + -
        getSchedule       + . + + + + + + .
        deleteSchedule    - . - - - + - + .
        pauseSchedule     - . - - - + - + .
        resumeSchedule    - . - - - + - + .
        listPoints        + + + + + + + + +
        getPoint          + + + + + + + + .
        addPoint          - - - - - - + + -
        limitPoint        - - - - - - + + .
        removePoint       - - - - - - + + .
        listProbes        + + + + + + + + +
        getProbe          + + + + + + + + .
        checkFilter       + + + + + + + + +
        signIn            + + + + + + + + +
        getMe             + + + + + + + + +
        changePassword    + + + + + + + + +
        listTokens        + + + + + + + + +
        makeToken         + + + + + + + + +
        revokeToken       . . . . . . . + .
        listAccounts      - - - - - - - + -
        getAccount        - - - - - - - + -
        putAccount        - - - - - - - + -
        listGroups        - - - - - - - + -
        putGroup          - - - - - - - + -
        removeGroup       - - - - - - - + -
        listPointGroups   - - - - - - - + -
        putPointGroup     - - - - - - - + -
        removePointGroup  - - - - - - - + -
        listGrants        - - - - - - - + -
        addGrant          - - - - - - - + -
        removeGrant       - - - - - - - + -
        listQuotas        + + + + + + + + +
        putQuota          - - - - - - - + -
        exportAudit       - - - - - - - + -
        changeJob         - . - - - + - + .
        labelJob          - . - - - + - + .
        estimateJob       - + + + - + - + -
        orderJobs         + + + + + + + + +
        getFlowSummary    + . + + + + + + .
        listFlows         + . + + + + + + .
        listRuns          + . + + + + + + .
        getRunLog         + . + + + + + + .
        maintainPoint     - - - - - - + + .
        endPointMaintenance - - - - - - + + .
        getServer         + + + + + + + + +
        """;

    // Bodies that are read without a fault, for those whose fault would hide who may.
    private static readonly Dictionary<string, string> s_bodies = new()
    {
        ["createJob"] = Samples.JobBody,
        ["validateJob"] = Samples.JobBody,
        ["quickCapture"] = """{"target":"192.0.2.7","points":["local/veth0"]}""",
        ["createSchedule"] = $$"""{"name":"n","every":"PT1H","job":{{Samples.JobBody}}}""",
        ["processJob"] = """{"processing":[{"processor":"flows"}]}""",
        ["holdJob"] = """{"reason":"r"}""",
        ["checkFilter"] = """{"point":"local/veth0","filter":"tcp"}""",
        ["addPoint"] = """{"probe":"local","name":"x","source":"pcap:/x"}""",
        ["limitPoint"] = "{}",
        ["makeToken"] = """{"name":"n"}""",
        ["putAccount"] = "{}",
        ["putGroup"] = """{"members":[]}""",
        ["putPointGroup"] = """{"members":[]}""",
        ["addGrant"] = """{"account":"admin","role":"viewer"}""",
        ["putQuota"] = """{"account":"admin"}""",
        ["changePassword"] = """{"current":"x","password":"y"}""",
        ["signIn"] = """{"account":"nobody-here","password":"y"}""",
    };

    [TestMethod]
    public void The_roles_of_the_table_are_those_there_are() => CollectionAssert.AreEqual(Roles.All.Select(r => r.Name).Append("none").ToArray(), s_columns);

    [TestMethod]
    public async Task Each_endpoint_lets_through_whom_the_table_says()
    {
        await using var server = await Server.Start(new ApiOptions { SignInFailuresMax = 1000 });
        Prepare(server);
        await Samples.Store(server, JobState.Done, dataSet: Samples.DataSet(server.Files, ("flow.csv", [1])));
        var people = new List<Person>();
        foreach (var column in s_columns) people.Add(await server.Add($"p-{column}", column == "none" ? [] : [$"\"role\":\"{column}\""]));
        var victim = (await Server.Json(await server.Post("/api/v1/tokens", """{"name":"victim"}""")))["token"]!["id"]!.ToString();
        var expected = Table.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(l => l[0], l => l[1..]);
        var seen = new List<string>();
        foreach (var (path, methods) in (await server.GetJson("/openapi/v1.json"))["paths"]!.AsObject().Where(p => p.Key.StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var id = (string)operation!["operationId"]!;
                seen.Add(id);
                Assert.IsTrue(expected.TryGetValue(id, out var row), $"{id} has no line in the table.");
                var address = path.Replace("/jobs/{id}", "/jobs/job-a", StringComparison.Ordinal).Replace("/schedules/{id}", "/schedules/schedule-a", StringComparison.Ordinal)
                    .Replace("/probes/{id}", "/probes/local", StringComparison.Ordinal).Replace("{probe}/{name}", "local/veth0", StringComparison.Ordinal)
                    .Replace("{path}", "flow.csv", StringComparison.Ordinal).Replace("/tokens/{id}", $"/tokens/{victim}", StringComparison.Ordinal)
                    .Replace("{id}", "grant-none", StringComparison.Ordinal).Replace("{name}", "some-group", StringComparison.Ordinal);
                if (id is "getAccount" or "putAccount") address = "/api/v1/accounts/p-none";
                for (var i = 0; i < s_columns.Length; i++)
                {
                    using var response = await people[i].Send(method.ToUpperInvariant(), address, s_bodies.GetValueOrDefault(id));
                    Assert.AreEqual(row[i], Outcome(id, (int)response.StatusCode), $"{id} for {s_columns[i]}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }
            }
        }

        CollectionAssert.AreEquivalent(expected.Keys.ToList(), seen.Distinct().ToList());
        people.ForEach(p => p.Dispose());
    }

    // What an administrator takes away and is not there is 404 to them, and what one may not even ask for is 403.
    private static string Outcome(string id, int status) => status switch
    {
        403 => "-",
        404 when id is not ("removeGrant" or "removeGroup" or "removePointGroup") => ".",
        _ => "+",
    };

    private static void Prepare(Server server)
    {
        server.Grains.OnSubmit = (_, _) => FakeGrains.Answers<JobView>(Samples.View(JobState.Waiting));
        server.Grains.OnCancel = (_, _) => FakeGrains.Answers<JobView>(Samples.View(JobState.Cancelled));
        server.Grains.OnOrder = (_, _) => FakeGrains.Answers<JobView>(Samples.View(JobState.Done));
        server.Grains.OnPoint = id => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        server.Grains.OnDefine = (id, _) => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        server.Grains.OnPointOrder = (id, _) => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        server.Grains.OnProbe = id => FakeGrains.Answers<ProbeView>(new ProbeView { Id = id, Present = true, LastSeen = Samples.Noon, Host = "h", Version = "1", DiskFreeBytes = 1 });
        server.Grains.OnSchedule = (id, _) => FakeGrains.Answers<ScheduleView>(new ScheduleView
        {
            Id = id,
            Owner = "ann",
            Spec = new ScheduleSpec { Name = "n", Job = Samples.Spec(), Every = TimeSpan.FromHours(1) },
            State = ScheduleState.Active,
            Created = Samples.Noon,
            Made = 0,
            Missed = 0,
            Version = 1,
        });
    }
}
