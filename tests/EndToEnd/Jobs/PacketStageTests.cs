// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Jobs;

/// <summary>What a job has done to packets before they are stored, from the request to the zip.</summary>
public abstract class PacketStageTests : EndToEnd
{
    private const int Packets = 40;
    private const int Headers = 42;
    private static readonly byte[] s_addresses = [192, 0, 2, 1, 192, 0, 2, 2];

    [TestMethod]
    public async Task Addresses_are_others_and_no_payload_is_stored()
    {
        var point = await Replay();
        await MakeKey("campus");
        var done = await Api.Ended((await Api.Submit(AJob.On(point) with { Anonymise = new() { Key = "campus", RemovePayload = true } })).Id);

        AJob.IsDone(done);
        var zip = await DataSetZip.Of(Api, done.Id);
        var frames = PcapFile.Frames(zip.File("traffic.pcap"));
        Assert.HasCount(Packets, frames);
        Assert.IsTrue(frames.All(f => f.Frame.Length == Headers), "Stored is the packet up to the end of the UDP header.");
        var addresses = frames.Select(f => Convert.ToHexString(f.Frame.AsSpan(26, 8))).Distinct().Single();
        Assert.AreNotEqual(Convert.ToHexString(s_addresses), addresses);
        Assert.AreEqual(addresses[..6], addresses[8..14], "Two addresses of one network are of one network still.");
        Assert.AreEqual(Packets, done.Captures[0].Counters!.Cut.Packets);
        Assert.AreEqual(new JobAnonymisation { Key = "campus", RemovePayload = true }, zip.Manifest.Spec.Anonymise);
    }

    [TestMethod]
    public async Task Packets_are_sampled_connections_and_packets_cut()
    {
        var point = await Replay();
        var sampled = await Api.Ended((await Api.Submit(AJob.On(point) with { Sampling = new() { OneIn = 4 }, Snaplen = 60 })).Id);
        AJob.IsDone(sampled);
        var zip = await DataSetZip.Of(Api, sampled.Id);
        var frames = PcapFile.Frames(zip.File("traffic.pcap"));
        Assert.HasCount(Packets / 4, frames);
        Assert.IsTrue(frames.All(f => f.Frame.Length == 60));
        Assert.AreEqual(Packets - (Packets / 4), sampled.Captures[0].Counters!.SampledOut.Packets);
        Assert.AreEqual(new JobSampling { OneIn = 4 }, zip.Manifest.Spec.Sampling);

        // Packets of 100 bytes of one connection: the first 250 are in three of them.
        var cut = await Api.Ended((await Api.Submit(AJob.On(point) with { Cut = new() { ConnectionBytes = 250 } })).Id);
        AJob.IsDone(cut);
        CollectionAssert.AreEqual(new[] { 0, 1, 2 }, (await DataSetZip.Of(Api, cut.Id)).Datagrams().Select(d => d.Number).ToList());
    }

    [TestMethod]
    public async Task A_key_that_the_probe_does_not_have_is_said()
    {
        var point = await Replay();
        var failed = await Api.Ended((await Api.Submit(AJob.On(point) with { Anonymise = new() { Key = "campus" } })).Id);
        Assert.AreEqual(JobState.Failed, failed.State, AJob.Text(failed));
        Assert.AreEqual(ProblemCodes.KeyMissing, failed.Captures[0].Problem?.Code, AJob.Text(failed));
        StringAssert.Contains(failed.Captures[0].Problem!.Message, "campus");
    }

    private async Task<string> Replay()
    {
        await Scene.Start();
        return await Scene.AddPoint("replay", "pcap:" + SampleFile.Write(Scene.Folder, Packets));
    }

    private async Task MakeKey(string name)
    {
        var folder = Path.Combine(Scene.Server.Data, "keys");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Range(0, 32).Select(i => $"{i * 7:x2}")) + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}

[TestClass]
public sealed class PacketStagesOnServerTests : PacketStageTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class PacketStagesOnSiloTests : PacketStageTests
{
    protected override string Program => "tci-silo";
}
