// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Index;

namespace Tci.Flows.Tests.Index;

[TestClass]
public sealed class OrderSorterTests
{
    [TestMethod]
    [DataRow(1000)]
    [DataRow(100)]
    [DataRow(7)]
    public void Runs_on_disk_give_the_same_order_as_memory(int entriesMax)
    {
        var random = new Random(3);
        using var sorter = new OrderSorter(() => new MemoryStream(), entriesMax);
        // Twice: the sorter is used for one order after the other.
        for (var round = 0; round < 2; round++)
        {
            var keys = Enumerable.Range(0, 1000).Select(_ => (UInt128)random.Next(50) << 70).ToArray();
            for (var row = 0u; row < keys.Length; row++)
                sorter.Add(keys[row], row);
            using var file = new MemoryStream();
            sorter.Finish(new PageWriter(file));
            var expected = Enumerable.Range(0, keys.Length).OrderBy(row => keys[row]).ToArray();
            var actual = Enumerable.Range(0, keys.Length).Select(i => BinaryPrimitives.ReadInt32LittleEndian(file.ToArray().AsSpan(i * 4))).ToArray();
            CollectionAssert.AreEqual(expected, actual);
        }
    }
}
