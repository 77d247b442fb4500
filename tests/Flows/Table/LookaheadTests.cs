// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;
using Tci.Flows.Parsing;
using Tci.Flows.Plugins;
using Tci.Flows.Table;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Table;

/// <summary>What was seen ahead of a frame decides to which flow its packet goes, so it must be that frame's whatever comes between.</summary>
[TestClass]
public sealed class LookaheadTests
{
    private const int FilesInQueue = 40;

    [TestMethod]
    public void A_frame_gets_what_was_seen_of_it_though_files_end_in_between()
    {
        using var capture = new MergedCapture([CaptureFile.Open("first", new MemoryStream(File(0)))]);
        Check(capture, expected: 7);
        using var folder = new TempFolder();
        using var queue = MergedCapture.Open([Enumerable.Range(0, FilesInQueue).Select(i => folder.Write($"{i}.pcap", File(i))).ToList()]);
        Check(queue, expected: Enumerable.Range(0, FilesInQueue).Sum(i => 7 + (i % 5)));
    }

    /// <summary>Ends in zeros and in frames behind them, as where a file's space was used before: they are looked at, and never come.</summary>
    private static byte[] File(int number)
    {
        var file = new PcapFile();
        for (var i = 0; i < 7 + (number % 5); i++)
            file.Add(i, i % 3 == 0 ? Frames.Ethernet(0x0806, new byte[28]) : Frames.UdpFrame(1 + i + (number * 20), 9));
        var stale = new PcapFile().Add(0, Frames.UdpFrame(60_000, 9)).Add(0, Frames.UdpFrame(60_001, 9)).ToArray()[24..];
        return number % 2 == 0 ? [.. file.ToArray(), .. new byte[16], .. stale] : file.ToArray();
    }

    private static void Check(MergedCapture capture, int expected)
    {
        var lookahead = new Lookahead(FlowShare.All, new FlowTable(64), new Slab<PacketChunk>());
        var read = 0;
        for (; ; read++)
        {
            if (read % Lookahead.MaxFrames == 0 && capture.Alone is { } alone)
                lookahead.Prepare(alone);
            if (!capture.Read())
                break;
            var isKeyed = FrameKey.TryRead(capture.Current.Frame, out var key);
            Assert.AreEqual(new Glimpse(isKeyed, isKeyed ? KeyHashes.Of(key) : default), lookahead.Of(capture.Current), $"frame {read}");
        }
        Assert.AreEqual(expected, read);
    }
}
