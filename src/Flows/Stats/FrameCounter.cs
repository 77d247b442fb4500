// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;

namespace Tci.Flows.Stats;

/// <summary>Counts the frames of a capture by their size.</summary>
internal sealed class FrameCounter : IFrameObserver
{
    private readonly Histogram sizes = Histogram.OfFrameBytes();
    private long wireBytes;
    private long capturedBytes;

    public void See(CaptureReader reader)
    {
        sizes.Add(reader.WireBytes);
        wireBytes += reader.WireBytes;
        capturedBytes += reader.Frame.Length;
    }

    public FrameStatistics Result(long frames, long withoutFlow) => new(frames, withoutFlow, wireBytes, capturedBytes, sizes.Buckets);
}
