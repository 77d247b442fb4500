// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Interop;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Engine;

[TestClass]
public sealed class CaptureEngineTests
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
    public async Task A_capture_is_armed_started_and_ends_with_its_source()
    {
        await using var probe = await ProbeStage.Open(_data);
        await Armed(probe, RealEngine.Replay(_data, 0, 1, 2, 3));
        await Eventually.True(() => probe.Grains.CountOf(s_id.Value) >= 1, "the poke for armed");
        await probe.Engine.StartAt(s_id, DateTimeOffset.UtcNow);
        var end = await Ended(probe);
        Assert.IsNull(end.Problem);
        Assert.AreEqual("end-of-source", end.End!.Reason);
        Assert.IsTrue(end.HasFiles);
        Assert.AreEqual(4, end.Counters!.Stored.Packets);
        Assert.AreEqual(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), end.End.FirstPacket);
        Balanced(end.Counters);
        await Eventually.True(() => probe.Grains.CountOf(s_id.Value) >= 2, "the poke for the end");
        Assert.AreEqual(end.End, (await probe.Engine.Look(s_id)).Value!.End, "read again from its directory");
    }

    [TestMethod]
    public async Task Its_files_can_be_collected_and_are_the_packets_of_the_source()
    {
        await using var probe = await ProbeStage.Open(_data);
        await Armed(probe, RealEngine.Replay(_data, 0, 1, 2));
        Assert.AreEqual(ProblemCodes.NotReady, (await probe.Files.Collect(s_id)).Problem?.Code);
        Assert.AreEqual(ProblemCodes.Conflict, (await probe.Files.Delete(s_id)).Problem?.Code);
        Assert.AreEqual(ProblemCodes.Conflict, (await probe.Files.DropRaw(s_id)).Problem?.Code);
        await probe.Engine.StartAt(s_id, DateTimeOffset.UtcNow);
        await Ended(probe);
        await Eventually.Get(() => probe.Files.Collect(s_id), a => a.Value?.State == WorkState.Done, "collecting");
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, PcapText.Marks(File.ReadAllBytes(probe.Directory(s_id).Traffic)));
    }

    [TestMethod]
    public async Task Beginning_again_only_looks()
    {
        await using var probe = await ProbeStage.Open(_data);
        var ask = RealEngine.Replay(_data, 0, 1);
        var both = await Task.WhenAll(probe.Engine.Begin(s_id, ask), probe.Engine.Begin(s_id, ask));
        Assert.IsTrue(both.All(b => b.Ok));
        await Armed(probe, ask);
        var request = File.GetLastWriteTimeUtc(probe.Directory(s_id).Request);
        Assert.AreEqual(EngineState.Armed, (await probe.Engine.Begin(s_id, ask with { Source = "pcap:/other" })).Value!.State);
        Assert.AreEqual(request, File.GetLastWriteTimeUtc(probe.Directory(s_id).Request));
    }

    [TestMethod]
    public async Task Limits_are_handed_on()
    {
        await using var probe = await ProbeStage.Open(_data);
        await Armed(probe, RealEngine.Replay(_data, 0, 1, 2, 3) with { Limits = new JobLimits { Packets = 2 } });
        await probe.Engine.StartAt(s_id, DateTimeOffset.UtcNow);
        var end = await Ended(probe);
        Assert.AreEqual("packets", end.End!.Reason);
        Assert.AreEqual(2, end.Counters!.Stored.Packets);
    }

    [TestMethod]
    public async Task An_armed_capture_can_be_stopped()
    {
        await using var probe = await ProbeStage.Open(_data);
        await Armed(probe, RealEngine.Replay(_data, 0, 1));
        Assert.IsTrue((await probe.Engine.Stop(s_id)).Ok);
        var end = await Ended(probe);
        Assert.AreEqual("stopped", end.End!.Reason);
        Assert.IsFalse(end.HasFiles);
    }

    [TestMethod]
    [DataRow("afpacket:nosuch0", "", ProblemCodes.SourceMissing)]
    [DataRow("pcap:/nosuch/file.pcap", "", ProblemCodes.SourceMissing)]
    [DataRow("lo", "", ProblemCodes.CaptureFailed)]
    public async Task What_cannot_be_opened_is_said(string source, string filter, string code)
    {
        await using var probe = await ProbeStage.Open(_data);
        await probe.Engine.Begin(s_id, RealEngine.Ask(source, new JobLimits { Packets = 1 }, filter));
        var end = await Ended(probe);
        Assert.AreEqual(code, end.Problem!.Code, end.Problem.Message);
        Assert.AreEqual(code, end.End!.Reason);
        await Eventually.True(() => probe.Grains.CountOf(s_id.Value) >= 1, "the poke of the end");
    }

    [TestMethod]
    public async Task A_key_that_is_not_there_is_said_by_its_name_and_stays_said()
    {
        var asked = RealEngine.Replay(_data, 3) with { Anonymise = new() { Key = "campus" } };
        await using (var probe = await ProbeStage.Open(_data))
        {
            await probe.Engine.Begin(s_id, asked);
            Missing(await Ended(probe));
        }
        await using (var probe = await ProbeStage.Open(_data)) Missing(await Ended(probe));

        static void Missing(EngineView end)
        {
            Assert.AreEqual(ProblemCodes.KeyMissing, end.Problem!.Code, end.Problem.Message);
            Assert.AreEqual("anonymise.key", end.Problem.Field);
            StringAssert.Contains(end.Problem.Message, "\"campus\"");
            Assert.IsFalse(end.HasFiles);
        }
    }

    [TestMethod]
    public async Task A_key_outside_of_the_folder_is_refused()
    {
        await using var probe = await ProbeStage.Open(_data);
        var answer = await probe.Engine.Begin(s_id, RealEngine.Replay(_data, 3) with { Anonymise = new() { Key = "../admin-token" } });
        Assert.AreEqual(ProblemCodes.InvalidRequest, answer.Problem?.Code);
    }

    [TestMethod]
    public async Task An_overload_is_told_as_it_happens()
    {
        await using var probe = await ProbeStage.Open(_data);
        await Armed(probe, RealEngine.Ask("synthetic:100,1G", new JobLimits { Duration = TimeSpan.FromSeconds(60) }, "tcp port 9"));
        await probe.Engine.StartAt(s_id, DateTimeOffset.UtcNow);
        await Eventually.True(() => probe.Engine.Look(s_id).Result.Value!.Overload is { Now: true }, "the overload");
        Assert.IsTrue((await probe.Engine.Stop(s_id)).Ok);
        var end = await Ended(probe);
        Assert.AreEqual(1, end.Overload!.Count);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(5), end.Overload.Total!.Value);
    }

    [TestMethod]
    public async Task A_filter_that_is_wrong_is_said_with_its_position()
    {
        await using var probe = await ProbeStage.Open(_data);
        await probe.Engine.Begin(s_id, RealEngine.Replay(_data, 0) with { Filter = "tcp prt 443" });
        var end = await Ended(probe);
        Assert.AreEqual(ProblemCodes.InvalidFilter, end.Problem!.Code);
        Assert.AreEqual(4, end.Problem.Position);
    }

    [TestMethod]
    public async Task Without_an_engine_to_be_had_it_is_said_and_stays_said()
    {
        var unreachable = _data.In("no/such/folder/engine.sock");
        await using (var probe = await ProbeStage.Open(_data, options => options with { EngineSocket = unreachable, ReportPeriod = TimeSpan.FromHours(1) }))
        {
            await probe.Engine.Begin(s_id, RealEngine.Replay(_data, 0));
            var end = await Ended(probe);
            Assert.AreEqual(ProblemCodes.EngineUnavailable, end.Problem!.Code, end.Problem.Message);
            Assert.IsFalse(end.HasFiles);
        }
        await using var next = await ProbeStage.Open(_data);
        Assert.AreEqual(ProblemCodes.EngineUnavailable, (await Ended(next)).Problem!.Code);
        Assert.AreEqual(ProblemCodes.EngineUnavailable, (await next.Engine.Begin(s_id, RealEngine.Replay(_data, 0))).Value!.Problem!.Code);
    }

    [TestMethod]
    public async Task One_that_is_stopped_before_the_engine_has_answered_never_begins()
    {
        var unreachable = _data.In("no/engine.sock");
        await using var probe = await ProbeStage.Open(_data, options => options with { EngineSocket = unreachable, ReportPeriod = TimeSpan.FromHours(1) });
        await probe.Engine.Begin(s_id, RealEngine.Replay(_data, 0));
        await probe.Engine.Stop(s_id);
        var end = await Ended(probe);
        Assert.IsFalse(end.HasFiles);
        Assert.IsTrue((await probe.Files.Delete(s_id)).Ok);
    }

    [TestMethod]
    public async Task A_wish_to_stop_that_comes_before_the_engines_answer_is_handed_on()
    {
        await using var probe = await ProbeStage.Open(_data);
        await Armed(probe, RealEngine.Replay(_data, 0));
        using var late = new EngineCapture(s_id, probe.Directory(s_id));
        Assert.IsTrue(late.Stop().Ok);
        Assert.AreEqual(TciCode.Ok, CaptureLibrary.Open(probe.Directory(s_id).Path, out var handle).Code);
        late.Attach(handle!);
        Assert.AreEqual("stopped", (await Ended(probe)).End!.Reason);
    }

    [TestMethod]
    public async Task Without_its_directory_a_capture_is_absent()
    {
        await using var probe = await ProbeStage.Open(_data);
        Assert.AreEqual(EngineState.Absent, (await probe.Engine.Look(s_id)).Value!.State);
        Assert.AreEqual(EngineState.Absent, (await probe.Engine.Stop(s_id)).Value!.State);
        Assert.AreEqual(ProblemCodes.InvalidRequest, (await probe.Engine.Look(new CaptureId("local/../x.0"))).Problem?.Code);
    }

    private static async Task Armed(ProbeStage probe, ArmCapture ask)
    {
        Assert.IsNull((await probe.Engine.Begin(s_id, ask)).Problem);
        await Eventually.Get(() => probe.Engine.Look(s_id), a => a.Value?.State == EngineState.Armed, "arming");
    }

    private static async Task<EngineView> Ended(ProbeStage probe) =>
        (await Eventually.Get(() => probe.Engine.Look(s_id), a => a.Value?.State == EngineState.Ended, "the end")).Value!;

    private static void Balanced(CaptureCounters c) => Assert.AreEqual(
        c.Seen.Packets,
        c.Stored.Packets + c.OutsideWindow.Packets + c.Filtered.Packets + c.SampledOut.Packets + c.InFlight.Packets + c.Dropped.Values.Sum(d => d.Packets));
}
