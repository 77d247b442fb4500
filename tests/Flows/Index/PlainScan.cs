// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using System.Net;
using System.Numerics;
using Tci.Flows.Index;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Index;

/// <summary>Answers queries the obvious way: all rows in memory, parsed with the platform's means, sorted with LINQ.</summary>
internal sealed class PlainScan(string path)
{
    private readonly List<Dictionary<string, string>> rows = FlowFile.Load(path).Rows;

    public int Count => rows.Count;

    public List<int> Matching(Func<Dictionary<string, string>, bool> where, FlowOrder order, bool descending)
    {
        var sorted = Enumerable.Range(0, rows.Count).OrderBy(i => Key(rows[i], order, i)).ToList();
        if (descending)
            sorted.Reverse();
        return [.. sorted.Where(i => where(rows[i]))];
    }

    public static BigInteger Address(string text) => new(IPAddress.Parse(text).MapToIPv6().GetAddressBytes(), isUnsigned: true, isBigEndian: true);

    public static BigInteger Sum(Dictionary<string, string> row, string column) => Number(row[column]) + Number(row[column + "_REV"]);

    public static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    public static double Duration(Dictionary<string, string> row) => Math.Max(0, (Time(row["TIME_LAST"]) - Time(row["TIME_FIRST"])).TotalSeconds);

    private static BigInteger Number(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);

    private static BigInteger Key(Dictionary<string, string> row, FlowOrder order, int number) => order switch
    {
        FlowOrder.Time => Time(row["TIME_FIRST"]).Ticks,
        FlowOrder.Duration => Math.Max(0, (Time(row["TIME_LAST"]) - Time(row["TIME_FIRST"])).Ticks),
        FlowOrder.Bytes => Sum(row, "BYTES"),
        FlowOrder.Packets => Sum(row, "PACKETS"),
        FlowOrder.Source => Address(row["SRC_IP"]),
        FlowOrder.Destination => Address(row["DST_IP"]),
        FlowOrder.SourcePort => Number(row["SRC_PORT"]),
        FlowOrder.DestinationPort => Number(row["DST_PORT"]),
        _ => number,
    };
}
