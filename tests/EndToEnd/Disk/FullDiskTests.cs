// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Disk;

/// <summary>A data folder without room.</summary>
public abstract class FullDiskTests : EndToEnd
{
    private const int MiB = 1 << 20;

    [TestMethod]
    public async Task A_disk_that_fills_up_ends_the_capture_cleanly()
    {
        var wire = Scene.NewWire();
        Scene.Mount(Scene.Server.Data, "size=400m");
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point) with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        await sender.Send(5001, 200, size: 1000);
        await Api.Until(job.Id, j => j.Captures[0].Counters?.Stored.Packets == 200);
        var filler = Fill();
        var sending = sender.Send(5001, 20_000, rate: 4000, size: 1000);
        await Eventually.Is(() => Scene.Processes.Captures.Count == 0, "The engine ends.");
        for (var i = 0; i < 10; i++) await Answers(job.Id);
        File.Delete(filler);
        var done = await Api.Ended(job.Id);
        await sending;

        AJob.IsPartial(done);
        Assert.AreEqual(ProblemCodes.DiskFull, done.Captures[0].Problem?.Code, AJob.Text(done));
        var packets = (await DataSetZip.Of(Api, job.Id)).Datagrams();
        Assert.IsGreaterThanOrEqualTo(200, packets.Count);
        CollectionAssert.AreEqual(Enumerable.Range(0, packets.Count).ToList(), packets.Select(d => d.Number).ToList());
        await AnotherJobEnds(wire);
    }

    [TestMethod]
    public async Task A_job_waits_while_there_is_no_room_and_says_so()
    {
        Scene.Mount(Scene.Server.Data, "size=400m");
        Write(Path.Combine(Scene.Server.Data, "filler"), 230L * MiB);
        await Scene.Start();
        var point = await Scene.AddPoint("file", "pcap:" + SampleFile.Write(Scene.Folder, packets: 20));
        var job = await Api.Submit(AJob.On(point));
        var waiting = await Api.Until(job.Id, j => j.State == JobState.Waiting && j.Waits is not null);
        StringAssert.Contains(waiting.Waits, "disk");
        var reply = await Api.Post($"jobs/{job.Id}/cancel");
        Assert.IsTrue(reply.Status is 200 or 202, reply.ToString());
        Assert.AreEqual(JobState.Cancelled, (await Api.Ended(job.Id)).State);
        var small = await Api.Submit(AJob.On(point) with { Limits = new JobLimits { Bytes = 1000 } });
        Assert.AreEqual("bytes", (await Api.Ended(small.Id)).Captures[0].End?.Reason, "What fits goes ahead.");
    }

    /// <summary>While the disk is full nothing can be written; it is said as what it is, and what is known is shown.</summary>
    private async Task Answers(JobId job)
    {
        Assert.IsTrue(Scene.Server.IsUp, Scene.Server.Log);
        Assert.AreEqual(200, (await Api.Get("/healthz")).Status);
        await Api.Job(job);
        var refused = await Api.Post("jobs", AJob.On("local/lo"));
        TestContext.WriteLine($"while the disk is full: {refused}");
        Assert.AreNotEqual(500, refused.Status, refused.ToString());
        if (refused.Status >= 400) Assert.AreEqual("application/problem+json", refused.ContentType, refused.ToString());
    }

    private async Task AnotherJobEnds(Wire wire)
    {
        using var sender = new Sender(wire, 41000);
        var job = await Api.Submit(AJob.On(wire.Point).WithPackets(10) with { Filter = "udp dst port 5009" });
        await Api.Capturing(job.Id);
        await sender.Send(5009, 10);
        AJob.IsDone(await Api.Ended(job.Id));
    }

    private string Fill()
    {
        var path = Path.Combine(Scene.Server.Data, "filler");
        try
        {
            Write(path, 1000L * MiB);
        }
        catch (IOException)
        {
            return path;
        }

        throw new InvalidOperationException("The disk is larger than it should be.");
    }

    private static void Write(string path, long bytes)
    {
        var block = new byte[4096];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var written = 0L; written < bytes; written += block.Length) file.Write(block);
    }
}

[TestClass]
public sealed class FullDiskTestsOnServer : FullDiskTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class FullDiskTestsOnSilo : FullDiskTests
{
    protected override string Program => "tci-silo";
}
