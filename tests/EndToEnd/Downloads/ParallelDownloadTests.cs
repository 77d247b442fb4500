// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Downloads;

/// <summary>Ten downloads at once beside a capture: the server needs no more memory for them, and the capture loses nothing.</summary>
[TestClass]
public sealed class ParallelDownloadTests : EndToEnd
{
    private const int Clients = 10;
    private const long MiB = 1 << 20;
    private const long GrowthMax = 192 * MiB;

    protected override string Program => "tci-server";

    /// <summary>10 GiB each where tests may take minutes, otherwise a part of it that is still more than the server may grow by.</summary>
    private static long FileBytes => Environment.GetEnvironmentVariable("TCI_LONG_TESTS") == "1" ? 10_240 * MiB : 400 * MiB;

    [TestMethod]
    public async Task Large_files_and_zips_need_constant_memory_and_the_capture_drops_nothing()
    {
        var wire = Scene.NewWire();
        await StoredFile.Put(Scene.Server.Data, FileBytes);
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point).For(900) with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Download(i, bytes: 8 * MiB)));
        var before = Scene.Server.MemoryPeak;
        var downloads = Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Download(i, FileBytes)));
        while (!downloads.IsCompleted) await sender.Send(5001, 500, rate: 2000);
        await downloads;
        var growth = Scene.Server.MemoryPeak - before;
        TestContext.WriteLine($"{Clients} downloads of {FileBytes / MiB} MiB: the server's peak is {before / MiB} MiB and {growth / MiB} MiB more; {sender.Sent} packets were sent meanwhile.");
        await Api.Until(job.Id, j => j.Captures[0].Counters?.Stored.Packets == sender.Sent, look: AJob.CountersAddUp);
        Assert.IsTrue((await Api.Post($"jobs/{job.Id}/stop")).Status is 200 or 202);
        var done = await Api.Ended(job.Id, look: AJob.CountersAddUp);

        AJob.IsDone(done);
        Assert.AreEqual(0, done.Captures[0].Counters!.Dropped.Values.Sum(d => d.Packets), AJob.Text(done));
        CollectionAssert.AreEqual(Enumerable.Range(0, sender.Sent).ToList(), (await DataSetZip.Of(Api, job.Id)).Datagrams().Select(d => d.Number).ToList());
        Assert.IsLessThan(GrowthMax, growth);
    }

    /// <summary>Takes that many bytes: files and zips by turns.</summary>
    private async Task Download(int client, long bytes)
    {
        var path = client % 2 == 0 ? $"files/{StoredFile.Name}" : "dataset";
        using var response = await Api.Open($"jobs/{StoredFile.Job}/{path}");
        Assert.AreEqual(200, (int)response.StatusCode);
        Assert.IsGreaterThanOrEqualTo(FileBytes, response.Content.Headers.ContentLength!.Value);
        var left = Math.Min(bytes, FileBytes);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[MiB];
        for (int read; left > 0; left -= read)
        {
            read = await body.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.AreNotEqual(0, read, $"The download of {path} ends {left} bytes early.");
        }
    }
}
