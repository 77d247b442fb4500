// SPDX-License-Identifier: BSD-3-Clause
using Spectre.Console;
using Tci.Flows.Stats;

namespace Tci.FlowsCli.Commands;

/// <summary>Statistics for people.</summary>
internal static class StatsTables
{
    public static void Write(CaptureStatistics statistics, TextWriter output)
    {
        WriteSummary(statistics, output);
        if (statistics.Frames is { } frames)
            WriteBuckets("Frame bytes on the wire", "frames", frames.Sizes, output);
        WriteShares("Protocols", statistics.Protocols, statistics.Bytes, output);
        WriteTop("Addresses, either side", statistics.Talkers, statistics.Bytes, output);
        WriteTop("Ports, the lower of each flow", statistics.Ports, statistics.Bytes, output);
        WriteTop("Names", statistics.Names, statistics.Bytes, output);
        WriteBuckets("Flow durations", "flows", statistics.Durations, output);
    }

    private static void WriteSummary(CaptureStatistics statistics, TextWriter output)
    {
        if (statistics.Frames is { } frames)
            output.WriteLine($"{frames.Count:N0} frames ({frames.WithoutFlow:N0} of no flow), {frames.WireBytes:N0} bytes on the wire, {frames.CapturedBytes:N0} captured");
        output.WriteLine($"{statistics.Flows:N0} flows, {statistics.Packets:N0} packets, {statistics.Bytes:N0} IP bytes");
        if (statistics.First is { } first && statistics.Last is { } last)
            output.WriteLine($"{first:yyyy-MM-dd HH:mm:ss.ffffff} to {last:yyyy-MM-dd HH:mm:ss.ffffff} UTC, {(last - first).TotalSeconds:N3} s");
    }

    private static void WriteTop(string title, TopList top, ulong allBytes, TextWriter output)
    {
        var missed = top.MissedBytes > 0 ? $", each may have up to {top.MissedBytes:N0} bytes more" : "";
        WriteShares($"{title} ({top.Distinct:N0} different{missed})", top.Items, allBytes, output);
    }

    private static void WriteShares(string title, IReadOnlyList<TrafficShare> shares, ulong allBytes, TextWriter output)
    {
        if (shares.Count == 0)
            return;
        var table = Titled(title, output, "", "flows", "packets", "bytes", "share");
        foreach (var share in shares)
            table.AddRow(Markup.Escape(share.Name), $"{share.Flows:N0}", $"{share.Packets:N0}", $"{share.Bytes:N0}", allBytes == 0 ? "" : $"{100.0 * share.Bytes / allBytes:F1} %");
        PlainConsole.Write(output, table);
    }

    private static void WriteBuckets(string title, string unit, IReadOnlyList<Bucket> buckets, TextWriter output)
    {
        var table = Titled(title, output, "", unit);
        foreach (var bucket in buckets)
            table.AddRow(Markup.Escape(bucket.Label), $"{bucket.Count:N0}");
        PlainConsole.Write(output, table);
    }

    private static Table Titled(string title, TextWriter output, params string[] headings)
    {
        output.WriteLine();
        output.WriteLine(title);
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
            table.AddColumn(heading.Length == 0 ? new TableColumn(heading) : new TableColumn(heading).RightAligned());
        return table;
    }
}
