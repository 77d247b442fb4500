// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Files;

[TestClass]
public sealed class CaptureFilesTests
{
    private readonly TempFolder _data = new();

    [TestCleanup]
    public void Clean() => _data.Dispose();

    [TestMethod]
    public async Task Collecting_pokes_the_capture_and_is_done_once()
    {
        EndedCapture.Make(_data, ("traffic.0.0.pcap", PcapText.File(1, 10)));
        await using var probe = await ProbeStage.Open(_data);
        var done = await Collected(probe);
        await Eventually.True(() => probe.Grains.CountOf(EndedCapture.Id.Value) >= 2, "the poke of the take-over and the one of the end");
        Assert.AreEqual(1, done.Progress);
        File.WriteAllText(probe.Directory(EndedCapture.Id).Traffic, "changed since");
        Assert.AreEqual(done.Files[0], (await probe.Files.Collect(EndedCapture.Id)).Value!.Files[0]);
    }

    [TestMethod]
    public async Task After_a_restart_the_result_is_still_there()
    {
        EndedCapture.Make(_data, ("traffic.0.0.pcap", PcapText.File(1, 10)));
        WorkView first;
        await using (var probe = await ProbeStage.Open(_data)) first = await Collected(probe);
        await using var next = await ProbeStage.Open(_data);
        var again = (await next.Files.Collect(EndedCapture.Id)).Value!;
        Assert.AreEqual(WorkState.Done, again.State);
        CollectionAssert.AreEqual(first.Files.ToArray(), again.Files.ToArray());
    }

    [TestMethod]
    public async Task Files_that_do_not_fit_together_fail_it_and_keep_the_packets()
    {
        EndedCapture.Make(_data, ("traffic.0.0.pcap", PcapText.File(1, 10)), ("traffic.1.0.pcap", [.. PcapText.Header(101), .. PcapText.Record(5, 1)]));
        await using var probe = await ProbeStage.Open(_data);
        var failed = await Eventually.Get(() => Look(probe), view => view.State != WorkState.Running, "the end of collecting");
        Assert.AreEqual(WorkState.Failed, failed.State);
        Assert.AreEqual(ProblemCodes.CollectionFailed, failed.Problem!.Code);
        Assert.HasCount(2, Directory.GetFiles(EndedCapture.Folder(_data), "traffic.*.pcap"));
    }

    [TestMethod]
    public async Task What_is_not_there_cannot_be_collected_and_is_harmless_to_delete()
    {
        await using var probe = await ProbeStage.Open(_data);
        Assert.AreEqual(ProblemCodes.NotFound, (await probe.Files.Collect(EndedCapture.Id)).Problem?.Code);
        Assert.IsTrue((await probe.Files.DropRaw(EndedCapture.Id)).Ok);
        Assert.IsTrue((await probe.Files.Delete(EndedCapture.Id)).Ok);
        Assert.AreEqual(ProblemCodes.InvalidRequest, (await probe.Files.Delete(new CaptureId("local/../.."))).Problem?.Code);
    }

    [TestMethod]
    public async Task Dropping_packets_keeps_the_rest()
    {
        EndedCapture.Make(_data, ("traffic.0.0.pcap", PcapText.File(1, 10)));
        await using var probe = await ProbeStage.Open(_data);
        await Collected(probe);
        Assert.IsTrue((await probe.Files.DropRaw(EndedCapture.Id)).Ok);
        Assert.IsTrue((await probe.Files.DropRaw(EndedCapture.Id)).Ok);
        CollectionAssert.AreEqual(new[] { "info.json" }, (await Look(probe)).Files.Select(f => f.Path).ToArray());
        Assert.IsFalse(File.Exists(probe.Directory(EndedCapture.Id).Traffic));
        await Eventually.True(() => Directory.GetFileSystemEntries(_data.In("deleting")).Length == 0, "the file to leave the disk");
    }

    [TestMethod]
    public async Task A_deleted_capture_is_gone_from_its_place_and_from_the_disk()
    {
        EndedCapture.Make(_data, ("traffic.0.0.pcap", PcapText.File(1, 10)));
        await using var probe = await ProbeStage.Open(_data);
        await Collected(probe);
        Assert.IsTrue((await probe.Files.Delete(EndedCapture.Id)).Ok);
        Assert.IsFalse(Directory.Exists(EndedCapture.Folder(_data)));
        await Eventually.True(() => Directory.GetFileSystemEntries(_data.In("deleting")).Length == 0, "the directory to leave the disk");
        Assert.AreEqual(EngineState.Absent, (await probe.Engine.Look(EndedCapture.Id)).Value!.State);
    }

    [TestMethod]
    public async Task What_a_crash_left_to_delete_goes_at_the_next_start()
    {
        Directory.CreateDirectory(_data.In("deleting/x"));
        await using var probe = await ProbeStage.Open(_data);
        await Eventually.True(() => !Directory.Exists(_data.In("deleting/x")), "the rest to be deleted");
    }

    [TestMethod]
    public async Task A_damaged_record_of_collecting_is_a_problem_not_a_crash()
    {
        EndedCapture.Make(_data);
        File.WriteAllText(Path.Combine(EndedCapture.Folder(_data), "collected.json"), "{\"state\":");
        await using var probe = await ProbeStage.Open(_data);
        Assert.AreEqual(ProblemCodes.CollectionFailed, (await probe.Files.Collect(EndedCapture.Id)).Problem?.Code);
    }

    private static async Task<WorkView> Look(ProbeStage probe)
    {
        var answer = await probe.Files.Collect(EndedCapture.Id);
        Assert.IsNull(answer.Problem);
        return answer.Value!;
    }

    private static Task<WorkView> Collected(ProbeStage probe) => Eventually.Get(() => Look(probe), view => view.State == WorkState.Done, "collecting");
}
