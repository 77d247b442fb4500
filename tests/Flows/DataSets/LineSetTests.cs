// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.DataSets;

namespace Tci.Flows.Tests.DataSets;

[TestClass]
public sealed class LineSetTests
{
    [TestMethod]
    [DataRow(1L << 20)]
    [DataRow(5000L)]
    [DataRow(500L)]
    public void Lines_come_back_once_and_sorted_however_many_fit(long charsMax)
    {
        var random = new Random(5);
        var spills = 0;
        using var set = new LineSet(
            () =>
            {
                spills++;
                return new MemoryStream();
            },
            charsMax);
        var lines = Enumerable.Range(0, 1000).Select(_ => $"{(char)random.Next('A', 'z')}{random.Next(30)},\"ž\"").ToList();
        lines.ForEach(set.Add);
        CollectionAssert.AreEqual(lines.Distinct().Order(StringComparer.Ordinal).ToList(), set.Sorted().ToList());
        Assert.AreEqual(charsMax < 1 << 20, spills > 0);
    }
}
