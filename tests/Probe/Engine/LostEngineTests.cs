// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Interop;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Engine;

/// <summary>What happens when one of the processes dies.</summary>
[TestClass]
public sealed class LostEngineTests
{
    private static readonly CaptureId s_id = EndedCapture.Id;
    private readonly TempFolder _data = new();
    private RealEngine _engine = null!;

    [TestInitialize]
    public void Prepare()
    {
        RealEngine.Required();
        _engine = new RealEngine(_data);
    }

    [TestCleanup]
    public void Clean()
    {
        _engine?.Dispose();
        _data.Dispose();
    }

    [TestMethod]
    public async Task A_killed_capture_says_so_and_keeps_what_it_stored()
    {
        await using var probe = await Running();
        Kill(EndedCapture.Folder(_data));
        var end = await Ended(probe);
        Assert.AreEqual(ProblemCodes.CaptureKilled, end.Problem!.Code, end.Problem.Message);
        Assert.AreEqual(ProblemCodes.CaptureKilled, end.End!.Reason);
        Assert.IsTrue(end.HasFiles);
        await Eventually.Get(() => probe.Files.Collect(s_id), a => a.Value?.State == WorkState.Done, "collecting what is left");
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, PcapText.Marks(File.ReadAllBytes(probe.Directory(s_id).Traffic)));
    }

    [TestMethod]
    public async Task Killed_with_its_launcher_it_is_completed_by_the_next_one()
    {
        await using var probe = await Running();
        Kill(_data.In("engine.sock"));
        Kill(EndedCapture.Folder(_data));
        var end = await Ended(probe);
        CollectionAssert.Contains(new[] { ProblemCodes.CaptureKilled, ProblemCodes.CaptureLost }, end.Problem!.Code);
        Assert.IsTrue(end.HasFiles);
    }

    [TestMethod]
    public async Task A_capture_goes_on_while_the_probe_is_away_and_the_next_one_takes_it_over()
    {
        await using (await Running())
        {
        }
        Assert.IsNotEmpty(RealEngine.Of(EndedCapture.Folder(_data)).ToList());
        await using var next = await ProbeStage.Open(_data);
        await Eventually.True(() => next.Grains.CountOf(s_id.Value) >= 1, "the poke of the take-over");
        Assert.AreEqual(EngineState.Running, (await next.Engine.Look(s_id)).Value!.State);
        Assert.IsTrue((await next.Engine.Stop(s_id)).Ok);
        Assert.AreEqual("stopped", (await Ended(next)).End!.Reason);
        await Eventually.True(() => next.Grains.CountOf(s_id.Value) >= 2, "the poke of the end");
    }

    [TestMethod]
    public async Task A_request_the_engine_never_heard_of_is_begun_by_the_next_probe()
    {
        await using (var first = await ProbeStage.Open(_data))
        {
            Directory.CreateDirectory(EndedCapture.Folder(_data));
            Probe.Files.JsonFile.Write(first.Directory(s_id).Request, RequestFile.Of(s_id, RealEngine.Replay(_data, 0, 1), fast: true, "/keys"));
        }
        await using var next = await ProbeStage.Open(_data);
        await Eventually.Get(() => next.Engine.Look(s_id), a => a.Value?.State == EngineState.Armed, "arming");
    }

    [TestMethod]
    public async Task A_request_that_is_too_late_is_not_begun()
    {
        EndedCapture.Make(_data);
        File.Delete(Path.Combine(EndedCapture.Folder(_data), "summary.json"));
        var request = Path.Combine(EndedCapture.Folder(_data), "request.json");
        File.WriteAllText(request, File.ReadAllText(request).Replace("1790000060000000000", "1600000000000000000", StringComparison.Ordinal));
        await using var probe = await ProbeStage.Open(_data);
        Assert.AreEqual(ProblemCodes.DeadlinePassed, (await Ended(probe)).Problem!.Code);
    }

    [TestMethod]
    public async Task Letting_go_of_a_capture_while_it_is_read_is_safe()
    {
        await using var probe = await Running();
        for (var round = 0; round < 50; round++)
        {
            Assert.AreEqual(TciCode.Ok, CaptureLibrary.Open(EndedCapture.Folder(_data), out var handle).Code);
            var reading = Task.Run(() =>
            {
                var reads = 0;
                try
                {
                    while (CaptureLibrary.Status(handle!, out var status).Ok) reads += status.Total.Stored.Packets > 0 ? 1 : 0;
                }
                catch (ObjectDisposedException)
                {
                    return reads;
                }
                return -1;
            });
            await Task.Delay(1);
            handle!.Dispose();
            Assert.IsGreaterThanOrEqualTo(0, await reading, "Only letting go ends the reading.");
        }
        Assert.AreEqual(EngineState.Running, (await probe.Engine.Look(s_id)).Value!.State, "The capture goes on.");
    }

    // Two packets at once, and a third that is an hour away.
    private async Task<ProbeStage> Running()
    {
        var probe = await ProbeStage.Open(_data, options => options with { ReplayFast = false, ReportPeriod = TimeSpan.FromHours(1) });
        await probe.Engine.Begin(s_id, RealEngine.Replay(_data, 0, 1, 3_600_000));
        await Eventually.Get(() => probe.Engine.Look(s_id), a => a.Value?.State == EngineState.Armed, "arming");
        await probe.Engine.StartAt(s_id, DateTimeOffset.UtcNow);
        await Eventually.Get(() => probe.Engine.Look(s_id), a => a.Value?.Counters?.Stored.Packets == 2, "two packets to be stored");
        return probe;
    }

    private static async Task<EngineView> Ended(ProbeStage probe) =>
        (await Eventually.Get(() => probe.Engine.Look(s_id), a => a.Value?.State == EngineState.Ended, "the end")).Value!;

    private static void Kill(string path)
    {
        var found = RealEngine.Of(path).ToList();
        Assert.IsNotEmpty(found, $"No process names {path}.");
        foreach (var process in found)
        {
            using (process) process.Kill();
        }
    }
}
