// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;
using Tci.Store.Tests.PostgreSql;

namespace Tci.EndToEnd.Jobs;

/// <summary>The one-machine server on PostgreSQL, which it outlives.</summary>
[TestClass]
public sealed class PostgreSqlServerTests : EndToEnd
{
    private const int Packets = 400;

    protected override string Program => "tci-server";

    [TestMethod]
    public async Task A_job_lives_through_restarts_of_the_server_and_of_the_database()
    {
        if (PostgresServer.Missing is { } missing) Assert.Inconclusive(missing);
        using var postgres = new PostgresServer();
        Scene.Server.StoreFile = Path.Combine(Scene.Folder, "store");
        await File.WriteAllTextAsync(Scene.Server.StoreFile, postgres.Connection);
        File.SetUnixFileMode(Scene.Server.StoreFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Scene.Start();
        Assert.IsFalse(File.Exists(Path.Combine(Scene.Server.Data, "tci.db")), "Nothing is kept in SQLite.");
        var point = await Scene.AddPoint("file", "pcap:" + SampleFile.Write(Scene.Folder, Packets, everyMs: 50));
        var first = await Api.Submit(AJob.On(point).WithFlows());
        await Api.Capturing(first.Id);

        await Scene.Server.Kill();
        await Scene.Server.Start();
        Assert.AreEqual(JobState.Capturing, (await Api.Job(first.Id)).State);

        postgres.Stop();
        await Eventually.Is(() => Api.Get("jobs").Result.Status == 503, "What needs the store is refused.");
        Assert.AreEqual(503, (await Api.Post("jobs", AJob.On(point), "while-away")).Status);
        Assert.HasCount(1, Scene.Processes.Captures, "The capture goes on.");
        await Task.Delay(TimeSpan.FromSeconds(3));
        postgres.Start();
        await Eventually.Is(() => Api.Get("jobs").Result.Status == 200, "The server is back with its store.");
        Assert.IsTrue(Scene.Server.IsUp, Scene.Server.Log);

        var again = await Api.Submit(AJob.On(point).WithPackets(20), "while-away");
        await Whole(await Api.Ended(first.Id, secondsMax: 120), Packets);
        await Whole(await Api.Ended(again.Id), 20);
        await Scene.Server.End(TimeSpan.FromSeconds(15));
        await Scene.Server.Start();
        CollectionAssert.AreEquivalent(new[] { first.Id, again.Id }, (await Api.Get("jobs")).As<Page<JobView>>().Items.Select(j => j.Id).ToArray());
        var check = Scene.Server.Run("audit", "check", "--data", Scene.Server.Data, "--store", Scene.Server.StoreFile);
        Assert.AreEqual(0, check.ExitCode, check.Error);
    }

    private async Task Whole(JobView job, int packets)
    {
        AJob.IsDone(job);
        var zip = await DataSetZip.Of(Api, job.Id);
        CollectionAssert.AreEqual(Enumerable.Range(0, packets).ToList(), zip.Datagrams().Select(d => d.Number).ToList());
    }
}
