// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Index;

/// <summary>Orders of the rows. The index holds all but the first, in this order. Equal rows stay in the order of flow.csv.</summary>
public enum FlowOrder
{
    /// <summary>As flow.csv has them: the order in which flows ended.</summary>
    Row,

    /// <summary>TIME_FIRST.</summary>
    Time,

    /// <summary>TIME_LAST minus TIME_FIRST.</summary>
    Duration,

    /// <summary>Bytes of both directions.</summary>
    Bytes,

    /// <summary>Packets of both directions.</summary>
    Packets,

    /// <summary>SRC_IP; IPv4 as IPv6-mapped addresses.</summary>
    Source,

    /// <summary>DST_IP; IPv4 as IPv6-mapped addresses.</summary>
    Destination,

    /// <summary>SRC_PORT.</summary>
    SourcePort,

    /// <summary>DST_PORT.</summary>
    DestinationPort,
}

/// <summary>The orders' names on command lines and in requests.</summary>
public static class FlowOrders
{
    internal const FlowOrder Last = FlowOrder.DestinationPort;

    /// <summary>By name, in the order of <see cref="FlowOrder"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["row", "time", "duration", "bytes", "packets", "src", "dst", "src_port", "dst_port"];

    /// <summary>False when there is no such order.</summary>
    public static bool TryParse(string name, out FlowOrder order)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
            {
                order = (FlowOrder)i;
                return true;
            }
        }
        order = FlowOrder.Row;
        return false;
    }
}
