// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Audit;

/// <summary>No order reaches an entity without a row that says so, whatever becomes of the server afterwards.</summary>
[TestClass]
public sealed class OrderedRowsTests
{
    [TestMethod]
    [DataRow("POST", "jobs/job-a/pause", null, "job.pause job-a")]
    [DataRow("PUT", "jobs/job-a/hold", """{"reason":"incident"}""", "job.hold job-a")]
    [DataRow("POST", "jobs/job-a/run-again", null, "job.run-again job-a")]
    [DataRow("POST", "jobs/bulk", """{"action":"Cancel","jobs":["job-a"]}""", "job.cancel job-a")]
    [DataRow("POST", "points", """{"probe":"local","name":"replay","source":"pcap:/a"}""", "point.add local/replay")]
    [DataRow("PUT", "points/local/veth0/limits", """{"capturesMax":2}""", "point.limit local/veth0")]
    [DataRow("DELETE", "points/local/veth0", null, "point.remove local/veth0")]
    [DataRow("POST", "schedules/schedule-x/pause", null, "schedule.pause schedule-x")]
    [DataRow("POST", "schedules", $$"""{"name":"hourly","job":{{Samples.JobBody}},"every":"PT1H"}""", "schedule.create schedule-")]
    public async Task The_row_is_there_when_the_order_arrives_and_what_came_of_it_follows(string method, string path, string? body, string said)
    {
        await using var server = await Server.Start();
        await Samples.Store(server, JobState.Waiting);
        await server.Places.Record(Samples.Point("local/veth0"));
        List<string> atOrder = [];
        Task<Answer<T>> Arrives<T>(T value)
        {
            atOrder = server.AuditRows();
            return FakeGrains.Answers<T>(value);
        }

        var schedule = Samples.Schedule();
        server.Grains.OnProbe = p => FakeGrains.Answers<ProbeView>(new ProbeView { Id = p, Present = true, LastSeen = Samples.Noon, Host = "h", Version = "1", DiskFreeBytes = 1 });
        server.Grains.OnOrder = (_, _) => Arrives(Samples.View(JobState.Paused));
        server.Grains.OnCancel = (_, _) => Arrives(Samples.View(JobState.Cancelled));
        server.Grains.OnSubmit = (_, _) => Arrives(Samples.View(JobState.Waiting));
        server.Grains.OnPointOrder = (_, _) => Arrives(Samples.Point("local/veth0"));
        server.Grains.OnDefine = (_, _) => Arrives(Samples.Point("local/replay"));
        server.Grains.OnSchedule = (_, request) => request is GetSchedule ? FakeGrains.Answers<ScheduleView>(schedule) : Arrives(schedule);
        var response = await server.Send(new HttpMethod(method), "/api/v1/" + path, body);
        Assert.IsTrue(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.IsTrue(atOrder.Count > 0 && atOrder[^1].StartsWith($"admin {said}", StringComparison.Ordinal) && atOrder[^1].EndsWith(" ordered", StringComparison.Ordinal), string.Join('\n', atOrder));
        var after = server.AuditRows()[atOrder.Count..];
        Assert.IsTrue(after is [var row] && row.StartsWith($"admin {said}", StringComparison.Ordinal) && row.EndsWith(" accepted", StringComparison.Ordinal), string.Join('\n', after));
    }
}
