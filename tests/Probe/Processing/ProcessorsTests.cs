// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Processing;

[TestClass]
public sealed class ProcessorsTests
{
    private static readonly RunId s_run = new(EndedCapture.Id, 0);
    private readonly TempFolder _data = new();

    [TestCleanup]
    public void Clean() => _data.Dispose();

    [TestMethod]
    public async Task Results_are_hashed_kept_and_told()
    {
        await using var probe = await Collected("cp $1 $2/copy.pcap; mkdir $2/deep; printf abc > $2/deep/x.csv");
        var done = await Finished(probe);
        Assert.AreEqual(WorkState.Done, done.State, done.Problem?.Message);
        CollectionAssert.AreEqual(new[] { "copy.pcap", "deep/x.csv" }, done.Files.Select(f => f.Path).ToArray());
        CollectionAssert.AreEqual(new[] { true, false }, done.Files.Select(f => f.Raw).ToArray());
        Assert.AreEqual("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", done.Files[1].Sha256);
        Assert.AreEqual("abc", File.ReadAllText(Path.Combine(probe.Directory(EndedCapture.Id).Data, "deep/x.csv")));
        await Eventually.True(() => probe.Grains.CountOf(s_run.Value) == 1, "the poke of the end");
        Assert.IsEmpty(Directory.GetDirectories(EndedCapture.Folder(_data), "run.*"));
    }

    [TestMethod]
    public async Task After_a_restart_a_run_that_ended_is_still_there_and_is_not_made_again()
    {
        await using (var probe = await Collected("date +%N > $2/x.csv")) await Finished(probe);
        await using var next = await Open("date +%N > $2/x.csv");
        var before = (await next.Processors.Look(s_run)).Value!;
        var again = (await next.Processors.Begin(s_run, Ask())).Value!;
        Assert.AreEqual(WorkState.Done, again.State);
        Assert.AreEqual(before.Files[0], again.Files[0]);
    }

    [TestMethod]
    public async Task A_run_that_was_interrupted_begins_again_from_the_untouched_input()
    {
        await using (var probe = await Collected("echo half > $2/x.csv; sleep 1000"))
        {
            await probe.Processors.Begin(s_run, Ask());
            await Eventually.True(() => Directory.GetFiles(EndedCapture.Folder(_data), "x.csv", SearchOption.AllDirectories).Length == 1, "it to write");
        }
        await using var next = await Open("cp $1 $2/all.csv");
        Assert.AreEqual(WorkState.Absent, (await next.Processors.Look(s_run)).Value!.State);
        var done = await Finished(next);
        CollectionAssert.AreEqual(new[] { "all.csv" }, done.Files.Select(f => f.Path).ToArray());
        Assert.IsEmpty(Directory.GetFiles(EndedCapture.Folder(_data), "x.csv", SearchOption.AllDirectories));
    }

    [TestMethod]
    public async Task A_failure_says_what_the_program_said_last_and_hides_where_things_lie()
    {
        await using var probe = await Collected("echo half > $2/x.csv; echo \"cannot read $1\" >&2; exit 7");
        var failed = await Finished(probe);
        Assert.AreEqual(WorkState.Failed, failed.State);
        Assert.AreEqual(ProblemCodes.ProcessingFailed, failed.Problem!.Code);
        StringAssert.Contains(failed.Problem.Message, "code 7: cannot read traffic.pcap");
        Assert.IsFalse(failed.Problem.Message.Contains(_data.Path, StringComparison.Ordinal));
        Assert.IsFalse(File.Exists(Path.Combine(probe.Directory(EndedCapture.Id).Data, "x.csv")));
        Assert.AreEqual(WorkState.Failed, (await probe.Processors.Look(s_run)).Value!.State);
    }

    [TestMethod]
    public async Task Damaged_input_is_a_result_with_a_problem()
    {
        await using var probe = await Collected("echo some > $2/x.csv; echo 'traffic.pcap: ends inside a packet' >&2; exit 3");
        var done = await Finished(probe);
        Assert.AreEqual(WorkState.Done, done.State);
        Assert.AreEqual(new Problem(ProblemCodes.SourceDamaged, "traffic.pcap: ends inside a packet"), done.Problem);
        Assert.HasCount(1, done.Files);
    }

    [TestMethod]
    public async Task One_that_never_ends_is_ended_at_its_deadline()
    {
        await using var probe = await Collected("sleep 1000");
        var failed = await Finished(probe, Ask() with { Deadline = DateTimeOffset.UtcNow.AddSeconds(1) });
        Assert.AreEqual(WorkState.Failed, failed.State);
        Assert.AreEqual(ProblemCodes.DeadlinePassed, failed.Problem!.Code);
    }

    [TestMethod]
    public async Task Progress_is_read_from_its_lines()
    {
        await using var probe = await Collected("echo nonsense; echo '{\"share\":\"x\"}'; echo '{\"share\":0.5}'; sleep 1000");
        await probe.Processors.Begin(s_run, Ask());
        await Eventually.Get(() => probe.Processors.Look(s_run), a => a.Value?.Progress is > 0.4 and < 0.6, "half of it");
    }

    [TestMethod]
    public async Task A_cancelled_run_leaves_nothing()
    {
        await using var probe = await Collected("echo half > $2/x.csv; echo '{\"share\":0.5}'; sleep 1000");
        await probe.Processors.Begin(s_run, Ask());
        await Eventually.Get(() => probe.Processors.Look(s_run), a => a.Value?.Progress > 0, "it to run");
        Assert.IsTrue((await probe.Processors.Cancel(s_run)).Ok);
        Assert.IsTrue((await probe.Processors.Cancel(s_run)).Ok);
        Assert.AreEqual(WorkState.Absent, (await probe.Processors.Look(s_run)).Value!.State);
        await Eventually.True(() => Directory.GetFiles(EndedCapture.Folder(_data), "x.csv", SearchOption.AllDirectories).Length == 0, "its files to go");
        Assert.IsFalse(File.Exists(probe.Directory(EndedCapture.Id).Run(0)));
    }

    [TestMethod]
    public async Task Cancelling_a_run_that_is_done_takes_its_files_back()
    {
        await using var probe = await Collected("echo x > $2/x.csv");
        await Finished(probe);
        Assert.IsTrue((await probe.Processors.Cancel(s_run)).Ok);
        Assert.IsFalse(File.Exists(Path.Combine(probe.Directory(EndedCapture.Id).Data, "x.csv")));
        Assert.IsTrue(File.Exists(probe.Directory(EndedCapture.Id).Traffic));
    }

    [TestMethod]
    public async Task Names_that_are_taken_go_to_a_folder_of_the_step()
    {
        await using var probe = await Collected("echo $2 > $2/x.csv; echo other > $2/info.json");
        await Finished(probe);
        var second = new RunId(EndedCapture.Id, 1);
        await probe.Processors.Begin(second, Ask());
        var done = (await Eventually.Get(() => probe.Processors.Look(second), a => a.Value?.State != WorkState.Running, "the second")).Value!;
        CollectionAssert.AreEqual(new[] { "run.1/info.json", "run.1/x.csv" }, done.Files.Select(f => f.Path).ToArray());
        StringAssert.Contains(File.ReadAllText(Path.Combine(probe.Directory(EndedCapture.Id).Data, "info.json")), "IPv4");
    }

    [TestMethod]
    public async Task A_link_among_the_results_fails_the_run()
    {
        await using var probe = await Collected("ln -s /etc/passwd $2/x.csv");
        var failed = await Finished(probe);
        Assert.AreEqual(WorkState.Failed, failed.State);
        StringAssert.Contains(failed.Problem!.Message, "link");
    }

    [TestMethod]
    public async Task What_cannot_be_run_is_refused_with_its_reason()
    {
        await using var probe = await Collected("exit 0");
        var unknown = (await probe.Processors.Begin(s_run, Ask() with { Processor = "nosuch" })).Problem!;
        Assert.AreEqual(ProblemCodes.UnknownProcessor, unknown.Code);
        StringAssert.Contains(unknown.Message, "flows, script");
        var other = new CaptureId(new ProbeId("local"), new JobId("job-2"), 0);
        Assert.AreEqual(ProblemCodes.InvalidRequest, (await probe.Processors.Begin(s_run, Ask() with { Input = other })).Problem?.Code);
        Assert.AreEqual(ProblemCodes.NotReady, (await probe.Processors.Begin(new RunId(other, 0), Ask() with { Input = other })).Problem?.Code);
        Assert.AreEqual(ProblemCodes.InvalidRequest, (await probe.Processors.Look(new RunId("local/../../x"))).Problem?.Code);
    }

    [TestMethod]
    public async Task Without_packets_there_is_nothing_to_process()
    {
        await using var probe = await Collected("exit 0");
        await probe.Files.DropRaw(EndedCapture.Id);
        Assert.AreEqual(WorkState.Failed, (await Finished(probe)).State);
    }

    private static BeginRun Ask() => new(EndedCapture.Id, "script", null, DateTimeOffset.UtcNow.AddMinutes(5));

    private Task<ProbeStage> Open(string script) => ProbeStage.Open(_data, null, new ScriptProcessor("script", script));

    private async Task<ProbeStage> Collected(string script)
    {
        EndedCapture.Make(_data, ("traffic.0.0.pcap", PcapText.File(1, 10, 20)));
        var probe = await Open(script);
        await Eventually.Get(() => probe.Files.Collect(EndedCapture.Id), a => a.Value?.State == WorkState.Done, "collecting");
        return probe;
    }

    private static async Task<WorkView> Finished(ProbeStage probe, BeginRun? ask = null)
    {
        Assert.IsNull((await probe.Processors.Begin(s_run, ask ?? Ask())).Problem);
        return (await Eventually.Get(() => probe.Processors.Look(s_run), a => a.Value?.State is WorkState.Done or WorkState.Failed, "the run")).Value!;
    }
}
