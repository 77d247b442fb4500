// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using System.Diagnostics;
using System.IO.Compression;
using Tci.Flows.Captures;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Captures.Compression;

[TestClass]
public sealed class CompressedInputTests
{
    private const int Packets = 500;

    private static readonly byte[] s_capture = Capture();
    private static readonly ExportOptions s_small = new() { FlowCapacity = 512 };

    [TestMethod]
    public void A_gzip_capture_gives_the_same_flows()
    {
        var (flows, result) = Export.Of(s_small, Gzip(s_capture));
        Assert.HasCount(Packets, flows.Rows);
        Assert.IsEmpty(result.Problems);
    }

    [TestMethod]
    public void Several_gzip_members_are_one_capture()
    {
        var (flows, result) = Export.Of(s_small, [.. Gzip(s_capture[..1000]), .. Gzip(s_capture[1000..])]);
        Assert.HasCount(Packets, flows.Rows);
        Assert.IsEmpty(result.Problems);
    }

    [TestMethod]
    public void Every_truncation_of_gzip_is_told_and_nothing_is_made_up()
    {
        var whole = Gzip(s_capture);
        var expected = Ports(Export.Of(s_small, s_capture).Flows);
        for (var length = 1; length < whole.Length; length += 331)
        {
            var (flows, result) = Export.Of(s_small, whole[..length]);
            Assert.HasCount(1, result.Problems, $"{length} of {whole.Length} bytes");
            CollectionAssert.IsSubsetOf(Ports(flows), expected, $"{length} bytes");
        }
        var (last, _) = Export.Of(s_small, whole[..^1]);
        Assert.HasCount(Packets, last.Rows, "only the trailer is missing");
    }

    [TestMethod]
    public void Other_data_behind_gzip_is_told()
    {
        var (flows, result) = Export.Of(s_small, [.. Gzip(s_capture), 1, 2, 3]);
        Assert.HasCount(Packets, flows.Rows);
        Assert.Contains("followed by something that is not gzip (after 500 packets", result.Problems.Single().Message);
    }

    [TestMethod]
    public void A_flipped_bit_in_gzip_keeps_what_is_before_it()
    {
        var damaged = Gzip(s_capture);
        damaged[damaged.Length * 3 / 4] ^= 0x10;
        var (flows, result) = Export.Of(s_small, damaged);
        // The decoder finds out by its checksum at the end; the capture may look wrong before.
        Assert.HasCount(1, result.Problems);
        Assert.IsGreaterThan(Packets / 3, flows.Rows.Count);
    }

    [TestMethod]
    public void A_zstd_capture_gives_the_same_flows()
    {
        var (flows, result) = Export.Of(s_small, Zstd(s_capture));
        Assert.HasCount(Packets, flows.Rows);
        Assert.IsEmpty(result.Problems);
    }

    [TestMethod]
    public void A_damaged_zstd_capture_says_what_zstd_says()
    {
        var (_, result) = Export.Of(s_small, Zstd(s_capture)[..^9]);
        Assert.Contains("the zstd data is damaged or cut off (zstd says: ", result.Problems.Single().Message);
    }

    [TestMethod]
    public void Reading_a_zstd_capture_may_stop_in_the_middle()
    {
        var noise = new byte[8 << 20];
        new Random(1).NextBytes(noise);
        using var reader = CaptureFile.Open("z", new MemoryStream(Zstd([.. s_capture, .. noise])));
        Assert.IsTrue(reader.Read());
    }

    [TestMethod]
    public void A_compressed_text_is_no_capture()
    {
        var (_, result) = Export.Of(s_small, Gzip(Frames.Text("hello world")));
        Assert.Contains("neither pcap nor pcapng inside its compression: it begins with 68656c6c", result.Problems.Single().Message);
    }

    [TestMethod]
    public void Progress_counts_the_compressed_bytes()
    {
        var file = Gzip(s_capture);
        using var capture = new MergedCapture([CaptureFile.Open("z", new MemoryStream(file))]);
        while (capture.Read())
        {
        }
        Assert.AreEqual(file.Length, capture.Position);
    }

    private static string[] Ports(FlowFile flows) => flows.Rows.Count == 0 ? [] : flows.Column("SRC_PORT");

    private static byte[] Capture()
    {
        var random = new Random(7);
        var file = new PcapFile();
        for (var i = 0; i < Packets; i++)
        {
            var payload = new byte[100];
            random.NextBytes(payload);
            file.Add(i, Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(1000 + i, 9, payload))));
        }
        return file.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var encoder = new GZipStream(output, CompressionLevel.Fastest))
            encoder.Write(bytes);
        return output.ToArray();
    }

    private static byte[] Zstd(byte[] bytes)
    {
        try
        {
            using var child = Process.Start(new ProcessStartInfo("zstd", "-q -c") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            var feeding = Task.Run(() =>
            {
                using var input = child.StandardInput.BaseStream;
                input.Write(bytes);
            });
            using var output = new MemoryStream();
            child.StandardOutput.BaseStream.CopyTo(output);
            feeding.Wait();
            child.WaitForExit();
            return output.ToArray();
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive("The program zstd is not on this machine (Debian: apt-get install zstd).");
            throw;
        }
    }
}
