// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests;

/// <summary>Whatever order packets come in, and however often: each is counted in one flow.</summary>
[TestClass]
public sealed class OrderTests
{
    [TestMethod]
    [DataRow(ExportMode.Compatible)]
    [DataRow(ExportMode.Full)]
    public void Random_order_and_duplicates_do_not_change_totals(ExportMode mode)
    {
        var captures = GoldenCaptures.Makers.Values.Select(make => PcapFile.FramesOf(make().ToArray())).ToArray();
        var random = new Random(2026);
        for (var round = 0; round < 60; round++)
        {
            var frames = captures[round % captures.Length].ToList();
            frames.AddRange(frames.Where(_ => random.Next(4) == 0).ToList());
            var shuffled = frames.ToArray();
            random.Shuffle(shuffled);
            var file = new PcapFile();
            for (var i = 0; i < shuffled.Length; i++)
                file.Add(i * 100L, shuffled[i]);
            var (flows, result) = Export.Of(new ExportOptions { Mode = mode }, file.ToArray());
            Assert.AreEqual(shuffled.Length, result.Packets);
            Assert.AreEqual(shuffled.Length, Sum(flows, "PACKETS", "PACKETS_REV"), $"round {round}");
            Assert.AreEqual(shuffled.Sum(frame => frame.Length - 14), Sum(flows, "BYTES", "BYTES_REV"), $"round {round}");
        }
    }

    /// <summary>Bytes are those of IP, so they are compared with the export of the same frames in the order they came.</summary>
    [TestMethod]
    [DataRow(ExportMode.Compatible)]
    [DataRow(ExportMode.Full)]
    public void Random_order_of_real_and_random_traffic_does_not_change_totals(ExportMode mode)
    {
        var captures = GoldenCaptureTests.Captures().Select(row => File.ReadAllBytes(GoldenCaptureTests.PathOf((string)row[0])))
            .Append(RandomTraffic.Of(seed: 1, conversations: 150, (TrafficKinds)15).ToArray());
        var random = new Random(2027);
        foreach (var capture in captures)
        {
            var frames = PcapFile.FramesOf(capture);
            frames.AddRange(frames.Where(_ => random.Next(4) == 0).ToList());
            var shuffled = frames.ToArray();
            random.Shuffle(shuffled);
            Assert.AreEqual(Totals(frames, mode), Totals(shuffled, mode));
        }
    }

    private static string Totals(IReadOnlyList<byte[]> frames, ExportMode mode)
    {
        var file = new PcapFile();
        for (var i = 0; i < frames.Count; i++)
            file.Add(i * 100L, frames[i]);
        var (flows, result) = Export.Of(new ExportOptions { Mode = mode }, file.ToArray());
        Assert.AreEqual(frames.Count, Sum(flows, "PACKETS", "PACKETS_REV") + result.PacketsWithoutFlow);
        return $"{result.PacketsWithoutFlow} without flow, {Sum(flows, "BYTES", "BYTES_REV")} bytes";
    }

    private static long Sum(FlowFile flows, params string[] columns) =>
        flows.Rows.Sum(row => columns.Sum(column => long.Parse(row[column])));
}
