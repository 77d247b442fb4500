// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Requests;

/// <summary>Points on files that are not what they should be: the job ends soon, with the reason, and keeps what there was.</summary>
public abstract class BadSourceTests : EndToEnd
{
    [TestMethod]
    public async Task A_file_that_ends_in_the_middle_gives_what_was_before()
    {
        await Scene.Start();
        var point = await Scene.AddPoint("cut", "pcap:" + SampleFile.Write(Scene.Folder, packets: 20, cutBytes: 30));
        var done = await Api.Ended((await Api.Submit(AJob.On(point).WithFlows())).Id);
        AJob.IsPartial(done);
        Assert.AreEqual(ProblemCodes.SourceDamaged, done.Captures[0].Problem?.Code, AJob.Text(done));
        var zip = await DataSetZip.Of(Api, done.Id);
        CollectionAssert.AreEqual(Enumerable.Range(0, 19).ToList(), zip.Datagrams().Select(d => d.Number).ToList());
        Assert.AreEqual("17 40000>5001 x19", zip.Flows().Select(FlowRows.Key).Single());
    }

    [TestMethod]
    public async Task What_is_no_capture_file_fails_with_the_reason_and_hangs_nothing()
    {
        var garbage = Path.Combine(Scene.Folder, "garbage.pcap");
        File.WriteAllText(garbage, string.Concat(Enumerable.Repeat("This is not a capture file. ", 500)));
        var empty = Path.Combine(Scene.Folder, "empty.pcap");
        File.WriteAllText(empty, "");
        var pipe = Path.Combine(Scene.Folder, "pipe.pcap");
        Libc.NamedPipe(pipe);
        await Scene.Start();
        var jobs = new Dictionary<string, JobId>();
        foreach (var file in new[] { garbage, empty, pipe, Scene.Folder, "/dev/zero", "/dev/full", "/dev/stdin", Path.Combine(Scene.Folder, "missing.pcap"), "relative.pcap" })
        {
            var point = await Scene.AddPoint("p" + jobs.Count, "pcap:" + file);
            jobs[file] = (await Api.Submit(AJob.On(point))).Id;
        }

        var ends = new List<string>();
        foreach (var (file, id) in jobs)
        {
            var job = await Api.Ended(id, secondsMax: 90);
            ends.Add($"{file}: {job.State} {job.Problem?.Code} {job.Problem?.Message}");
        }

        TestContext.WriteLine(string.Join('\n', ends));
        string[] codes = [ProblemCodes.SourceDamaged, ProblemCodes.SourceMissing, ProblemCodes.InvalidSource, ProblemCodes.CaptureFailed, ProblemCodes.NotPermitted];
        Assert.IsTrue(ends.All(e => codes.Any(c => e.Contains($": Failed {c} ", StringComparison.Ordinal))), string.Join('\n', ends));
        await Eventually.Is(() => Scene.Processes.Captures.Count == 0, "No engine is left.");
    }

    [TestMethod]
    public async Task Sources_of_no_kind_are_refused()
    {
        await Scene.Start();
        foreach (var source in new[] { "", "eth0", new string('x', 5000) + ":y", "pcap:\u0000" })
        {
            var reply = await Api.Post("points", new { name = "x", probe = "local", source });
            Assert.AreEqual(422, reply.Status, reply.ToString());
            Assert.Contains("\"invalid-source\"", reply.Text);
        }

        var unheard = await Scene.AddPoint("unheard", "telepathy:bob");
        var job = await Api.Ended((await Api.Submit(AJob.On(unheard))).Id);
        Assert.AreEqual(JobState.Failed, job.State, AJob.Text(job));
        Assert.IsNotNull(job.Problem, AJob.Text(job));
    }
}

[TestClass]
public sealed class BadSourceTestsOnServer : BadSourceTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class BadSourceTestsOnSilo : BadSourceTests
{
    protected override string Program => "tci-silo";
}
