// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Csv;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Csv;

[TestClass]
public sealed class ColumnTests
{
    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["ipaddr"] = 16,
        ["uint64"] = 8,
        ["time"] = 8,
        ["macaddr"] = 6,
        ["uint32"] = 4,
        ["uint16"] = 2,
        ["uint8"] = 1,
        ["string"] = -1,
        ["bytes"] = -1,
        ["int8*"] = -1,
        ["uint8*"] = -1,
        ["uint16*"] = -2,
        ["time*"] = -8,
    };

    [TestMethod]
    public void There_are_75_columns_ordered_by_size_and_name()
    {
        Assert.HasCount(75, Column.All);
        var ordered = Column.All.OrderByDescending(column => Sizes[column.Type]).ThenBy(column => column.Name, StringComparer.Ordinal);
        CollectionAssert.AreEqual(ordered.Select(column => column.Name).ToList(), Column.All.Select(column => column.Name).ToList());
    }

    [TestMethod]
    public void Every_row_has_a_cell_for_every_column()
    {
        var flows = Export.Of(Frames.UdpFrame(1, 2), Frames.TcpFrame(1, 80, 0x18, "GET / HTTP/1.1\r\n\r\n"));
        foreach (var row in flows.Rows)
            Assert.HasCount(75, row);
        Assert.StartsWith("ipaddr DST_IP,ipaddr SRC_IP,uint64 BYTES,", flows.Header);
        Assert.EndsWith(",time* PPI_PKT_TIMES", flows.Header);
    }
}
