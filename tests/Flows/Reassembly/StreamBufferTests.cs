// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Reassembly;

namespace Tci.Flows.Tests.Reassembly;

[TestClass]
public sealed class StreamBufferTests
{
    [TestMethod]
    public void Pieces_in_any_order_overlapping_and_repeated_give_the_stream()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var stream = new byte[random.Next(1, 400)];
            random.NextBytes(stream);
            var buffer = new StreamBuffer();
            while (buffer.PrefixBytes < stream.Length)
            {
                var start = random.Next(stream.Length);
                var length = random.Next(1, Math.Min(60, stream.Length - start) + 1);
                if (!buffer.TryAdd(start, stream.AsSpan(start, length)))
                    Assert.IsTrue(buffer.TryAdd(buffer.PrefixBytes, stream.AsSpan(buffer.PrefixBytes, Math.Min(20, stream.Length - buffer.PrefixBytes))));
            }
            CollectionAssert.AreEqual(stream, buffer.Prefix.ToArray());
        }
    }

    [TestMethod]
    public void Bytes_that_are_there_stay_as_they_came_first()
    {
        var buffer = new StreamBuffer();
        Assert.IsTrue(buffer.TryAdd(2, [3, 4]));
        Assert.IsTrue(buffer.TryAdd(0, [1, 2, 9, 9, 5]));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4, 5 }, buffer.Prefix.ToArray());
    }

    [TestMethod]
    public void What_precedes_the_stream_is_left_out()
    {
        var buffer = new StreamBuffer();
        Assert.IsTrue(buffer.TryAdd(-2, [7, 7, 1, 2]));
        Assert.IsTrue(buffer.TryAdd(-9, [7, 7]));
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, buffer.Prefix.ToArray());
    }

    [TestMethod]
    public void Both_bounds_hold()
    {
        var buffer = new StreamBuffer();
        Assert.IsFalse(buffer.TryAdd(StreamBuffer.MaxBytes - 1, [1, 2]));
        Assert.IsTrue(buffer.TryAdd(StreamBuffer.MaxBytes - 1, [1]));
        for (var i = 1; i < StreamBuffer.MaxPieces; i++)
            Assert.IsTrue(buffer.TryAdd(i * 10, [1]));
        Assert.IsFalse(buffer.TryAdd(5000, [1]));
        Assert.IsTrue(buffer.TryAdd(11, [2]), "one that touches another is no new piece");
    }
}
