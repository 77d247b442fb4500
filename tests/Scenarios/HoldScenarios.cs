// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Scenarios.Hosts;

namespace Tci.Scenarios;

/// <summary>What is held stays, whatever would delete it.</summary>
public abstract class HoldScenarios : Scenario
{
    [TestMethod]
    public async Task A_held_job_keeps_its_packets_through_processing_and_cannot_be_deleted_until_it_is_released()
    {
        var spec = Spec(await PointOn("a", packets: 300, everyMs: 10)) with { Processing = [new ProcessingStep { Processor = "flows" }], KeepRaw = false };
        var job = await Submit("job-held", spec);
        await Until(job, j => j.State == JobState.Capturing);
        var held = await Host.Grains.Job(job).Hold(new HoldJob("incident 17", ScenarioHost.Alice));
        Assert.AreEqual("incident 17", held.Value?.Hold?.Reason, held.Problem?.Message);
        Assert.AreEqual(ProblemCodes.Held, (await Host.Grains.Job(job).Cancel(new CancelJob(ScenarioHost.Alice))).Problem?.Code);

        await Host.Stop();
        await Host.Start();
        var done = await Ended(job);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        var dataSet = (await Host.Catalog.DataSet(job))!;
        CollectionAssert.Contains(dataSet.Files.Select(f => f.Path).ToList(), "traffic.pcap");
        await FilesAreAsListed(dataSet);
        Assert.AreEqual(ProblemCodes.Held, (await Host.Grains.Job(job).Delete(new DeleteJob(ScenarioHost.Alice))).Problem?.Code);

        Assert.IsNull((await Host.Grains.Job(job).Release(new ReleaseJob(ScenarioHost.Alice))).Value!.Hold);
        Assert.IsTrue((await Host.Grains.Job(job).Delete(new DeleteJob(ScenarioHost.Alice))).Ok);
        Assert.IsNull(await Host.Catalog.DataSet(job));
    }
}
