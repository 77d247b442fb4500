// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Jobs;
using Tci.Scenarios.Hosts;
using Tci.Scenarios.Traffic;

namespace Tci.Scenarios;

/// <summary>What only the real engine and the real exporter can show; the simulation has neither.</summary>
public abstract class EngineScenarios : Scenario
{
    private RealScenarioHost Real => (RealScenarioHost)Host;

    protected abstract RealScenarioHost NewRealHost(JobOptions options);

    protected sealed override ScenarioHost NewHost(JobOptions options) => NewRealHost(options);

    [TestMethod]
    public async Task The_flows_are_those_of_the_packets()
    {
        var job = await Submit("job-flows", Spec(await PointOn("a", packets: 200)) with { Processing = [new ProcessingStep { Processor = "flows" }] });
        await Ended(job);
        var file = (await Host.Catalog.DataSet(job))!.Files.Single(f => f.Path == "flow.csv");
        using var reader = new StreamReader(await Real.Open(file.Capture, file.Source.Path));
        Assert.HasCount(1 + 4, (await reader.ReadToEndAsync()).TrimEnd('\n').Split('\n'), "a header and a line for each of the four flows");
    }

    [TestMethod]
    public async Task A_file_that_breaks_off_gives_what_is_before_the_break()
    {
        var path = SamplePcap.Write(Path.Combine(Real.Folder, "cut.pcap"), 50, TimeSpan.FromMilliseconds(1));
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length - 10);
        var done = await Ended(await Submit("job-cut", Spec(await Host.PointOn("cut", "pcap:" + path))));
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        Assert.IsTrue(done.Partial);
        Assert.AreEqual(ProblemCodes.SourceDamaged, done.Captures[0].Problem?.Code);
        Assert.AreEqual(49, done.Captures[0].Counters!.Stored.Packets);
    }

    [TestMethod]
    public async Task A_filter_the_engine_cannot_use_fails_the_capture_with_the_place()
    {
        var failed = await Ended(await Submit("job-filter", Spec(await PointOn("a", packets: 3)) with { Filter = "tcp prot 80" }));
        Assert.AreEqual(JobState.Failed, failed.State);
        Assert.AreEqual(ProblemCodes.InvalidFilter, failed.Problem?.Code);
        Assert.AreEqual(4, failed.Problem?.Position);
    }
}
