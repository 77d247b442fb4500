// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Table;

namespace Tci.Flows.Tests.Table;

[TestClass]
public sealed class LineOrderTests
{
    [TestMethod]
    public void Moves_like_a_list()
    {
        var random = new Random(1);
        var list = Enumerable.Range(0, LineOrder.Slots).ToList();
        var order = LineOrder.Initial;
        for (var i = 0; i < 10_000; i++)
        {
            var from = random.Next(LineOrder.Slots);
            var to = random.Next(from + 1);
            var slot = list[from];
            list.RemoveAt(from);
            list.Insert(to, slot);
            order = LineOrder.Move(order, from, to);
            CollectionAssert.AreEqual(list, Enumerable.Range(0, LineOrder.Slots).Select(p => LineOrder.SlotAt(order, p)).ToList());
            Assert.AreEqual(to, LineOrder.PositionOf(order, slot));
        }
    }
}
