// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;
using Tci.Flows.Parsing;
using Tci.Flows.Table;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Parsing;

/// <summary>Several threads divide packets by the key at fixed offsets; where the parser found another, rows would be lost.</summary>
[TestClass]
public sealed class FrameKeyTests
{
    [TestMethod]
    [DataRow(ExportMode.Compatible)]
    [DataRow(ExportMode.Full)]
    public void A_key_is_the_parsers_whatever_the_frame(ExportMode mode)
    {
        var random = new Random(11);
        var (read, parsed) = (0, 0);
        foreach (var frame in GoldenCaptures.Makers.Values.SelectMany(make => FramesOf(make())))
        {
            for (var round = 0; round < 30; round++)
            {
                if (!FrameKey.TryRead(frame, out var key))
                {
                    Damage(frame, random);
                    continue;
                }
                read++;
                var packet = default(Packet);
                if (PacketParser.TryParse(LinkType.Ethernet, frame, 0, mode, ref packet))
                {
                    parsed++;
                    Assert.AreEqual(FlowKey.Forward(packet), FlowKey.Forward(key));
                    Assert.AreEqual(FlowKey.Reverse(packet), FlowKey.Reverse(key));
                    Assert.IsFalse(packet.IsFragment);
                    foreach (var share in Enumerable.Range(0, 3).Select(number => new FlowShare(number, 3)))
                        Assert.AreEqual(share.Has(packet), share.Has(key));
                }
                Damage(frame, random);
            }
        }
        Assert.IsGreaterThan(1000, parsed, $"of {read} keys");
    }

    [TestMethod]
    public void A_record_takes_three_cache_lines() =>
        Assert.AreEqual(FlowRecord.RecordBytes, System.Runtime.CompilerServices.Unsafe.SizeOf<FlowRecord>());

    /// <summary>One byte of the headers, so that most of the frame stays what it was.</summary>
    private static void Damage(byte[] frame, Random random) => frame[random.Next(Math.Min(60, frame.Length))] = (byte)random.Next(256);

    private static IEnumerable<byte[]> FramesOf(PcapFile file)
    {
        var reader = CaptureFile.Open("frames", new MemoryStream(file.ToArray()));
        while (reader.Read())
            yield return reader.Frame.ToArray();
    }
}
