// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>What differs between two flow files whose rows may come in any order, in words; empty where they are the same.</summary>
internal static class RowDifferences
{
    private const int MaxTold = 12;

    private static readonly string[] s_identity = ["TIME_FIRST", "SRC_IP", "DST_IP", "SRC_PORT", "DST_PORT", "PROTOCOL", "TIME_LAST"];

    public static string Of(FlowFile expected, FlowFile actual, params string[] leftOut)
    {
        HashSet<string> wanted = [.. GoldenCase.Sorted(expected, leftOut)], made = [.. GoldenCase.Sorted(actual, leftOut)];
        var missing = expected.Rows.Where(row => !made.Contains(GoldenCase.Text(row, leftOut))).ToList();
        var surplus = actual.Rows.Where(row => !wanted.Contains(GoldenCase.Text(row, leftOut))).ToLookup(Identity);
        var told = missing.Select(row => Pair(row, surplus[Identity(row)].FirstOrDefault(), leftOut))
            .Concat(surplus.Where(group => missing.All(row => Identity(row) != group.Key)).Select(group => $"{group.Key}: not expected"));
        var counts = expected.Rows.Count == actual.Rows.Count ? [] : new[] { $"{expected.Rows.Count} rows expected, {actual.Rows.Count} there" };
        return string.Join('\n', counts.Concat(told).Take(MaxTold));
    }

    private static string Pair(Dictionary<string, string> expected, Dictionary<string, string>? actual, string[] leftOut) => actual is null
        ? $"{Identity(expected)}: not there"
        : $"{Identity(expected)}: " + string.Join(", ", expected.Where(cell => !leftOut.Contains(cell.Key) && actual[cell.Key] != cell.Value)
            .Select(cell => $"{cell.Key} {cell.Value}, not {actual[cell.Key]}"));

    private static string Identity(Dictionary<string, string> row) => string.Join(' ', s_identity.Select(name => row[name]));
}
