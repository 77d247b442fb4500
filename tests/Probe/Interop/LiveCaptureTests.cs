// SPDX-License-Identifier: BSD-3-Clause
using Tci.Probe.Installation;
using Tci.Probe.Interop;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Interop;

/// <summary>The library beside an engine at work, here one with made-up packets.</summary>
[TestClass]
public sealed class LiveCaptureTests
{
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(15);
    private readonly TempFolder _data = new();

    [TestCleanup]
    public void Clean() => new RealEngine(_data).Dispose();

    [TestMethod]
    public void Live_counters_are_read_without_allocating_and_add_up()
    {
        RealEngine.Required();
        using var capture = Start();
        Assert.IsTrue(CaptureLibrary.Status(capture, out _).Ok);
        var (before, wrong) = (GC.GetAllocatedBytesForCurrentThread(), 0);
        for (var i = 0; i < 1000; i++) wrong += CaptureLibrary.Status(capture, out var status).Ok && AddsUp(status.Total) ? 0 : 1;
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(0, wrong);
        Assert.IsTrue(CaptureLibrary.Stop(capture).Ok);
    }

    [TestMethod]
    public async Task A_handle_disposed_during_a_capture_harms_neither_its_readers_nor_the_capture()
    {
        RealEngine.Required();
        var capture = Start();
        using var reading = new CountdownEvent(4);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() => ReadUntilDisposed(capture, reading), TaskCreationOptions.LongRunning)).ToArray();
        Assert.IsTrue(reading.Wait(s_time));
        capture.Dispose();
        foreach (var good in await Task.WhenAll(readers)) Assert.IsTrue(good);
        Assert.IsTrue(CaptureLibrary.Open(_data.In("captures/live"), out var again).Ok);
        using (again)
        {
            Assert.IsTrue(CaptureLibrary.Status(again!, out var before).Ok);
            Assert.AreEqual(1, before.Alive);
            await Eventually(() => CaptureLibrary.Status(again!, out var now).Ok && now.Total.Stored.Packets > before.Total.Stored.Packets);
            Assert.IsTrue(CaptureLibrary.Stop(again!).Ok);
            await Eventually(() => CaptureLibrary.Status(again!, out var now).Ok && now.State == TciState.Ended && AddsUp(now.Total));
        }
    }

    private CaptureHandle Start()
    {
        var (socket, folder) = (_data.In("engine.sock"), _data.In("captures/live"));
        Directory.CreateDirectory(folder);
        var deadline = DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds() * 1_000_000;
        File.WriteAllText(Path.Combine(folder, "request.json"),
            $$"""{"version":1,"id":"live","source":"synthetic:100,10k","limits":{"durationMs":30000},"deadlineUnixNs":{{deadline}}}""");
        var launched = CaptureLibrary.Launch(socket, Programs.Find("tci-capture").Value, s_time);
        Assert.IsTrue(launched.Ok, launched.Message);
        var started = CaptureLibrary.Start(socket, folder, s_time, out var capture);
        Assert.IsTrue(started.Ok, started.Message);
        return capture!;
    }

    /// <summary>Whether all it read was right; a disposed handle is the end, as for any other.</summary>
    private static bool ReadUntilDisposed(CaptureHandle capture, CountdownEvent reading)
    {
        try
        {
            for (var reads = 0; Reads(capture); reads++)
            {
                if (reads == 0) reading.Signal();
            }
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private static bool Reads(CaptureHandle capture) => CaptureLibrary.Status(capture, out var status).Ok && AddsUp(status.Total);

    private static bool AddsUp(TciCounters c) =>
        c.Seen.Packets == c.Stored.Packets + c.OutsideWindow.Packets + c.Filtered.Packets + c.SampledOut.Packets + c.DroppedKernel.Packets
            + c.DroppedDiskFull.Packets + c.DroppedNoBuffer.Packets + c.DroppedEngineLost.Packets + c.InFlight.Packets;

    private static async Task Eventually(Func<bool> wanted)
    {
        for (var end = DateTimeOffset.UtcNow + s_time; !wanted(); await Task.Delay(20)) Assert.IsLessThan(end, DateTimeOffset.UtcNow);
    }
}
