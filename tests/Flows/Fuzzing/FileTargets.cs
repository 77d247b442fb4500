// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Fuzzing;

/// <summary>Capture files: what is whole before the damage is exported, and the damage has a message.</summary>
internal static class FileTargets
{
    public static bool Pcap(Random random) => Read(Mutation.Of(random, random.Next(2) == 0 ? FuzzSeeds.Pcap : FuzzSeeds.PcapSwapped), random);

    public static bool PcapNg(Random random) => Read(Mutation.Of(random, FuzzSeeds.PcapNg), random);

    public static bool Gzip(Random random) => Read(Mutation.Of(random, FuzzSeeds.Gzip), random);

    private static bool Read(byte[] bytes, Random random)
    {
        // Pieces as small as a pipe's, so that every read is split somewhere.
        using var capture = new MergedCapture([CaptureFile.Open("input", new TrickleStream(bytes, random.Next(1, 64)))]);
        var frames = 0;
        for (; capture.Read(); frames++)
            Assert.IsLessThanOrEqualTo(bytes.Length * 1032L, capture.Current.Frame.Length, "no frame is larger than what it can have been made of");
        foreach (var problem in capture.Problems)
            Assert.IsFalse(string.IsNullOrWhiteSpace(problem.Message));
        return frames > 0;
    }
}
