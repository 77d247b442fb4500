// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;

namespace Tci.Architecture.Sizes;

/// <summary>The numbers of tests/Architecture/ratchets.txt. They only fall: ./tci lint compares them with every earlier version.</summary>
public static class Ratchets
{
    public const string File = "tests/Architecture/ratchets.txt";

    /// <summary>The number of a line <c>name number</c>.</summary>
    public static int Of(SourceTree tree, string name)
    {
        var line = tree.Text(File).Split('\n').SingleOrDefault(l => l.StartsWith(name + " ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{File} has no line '{name} NUMBER'.");
        return int.Parse(line[name.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>The value that this share of the values does not exceed; 0 where there are none.</summary>
    public static int Percentile(IEnumerable<int> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }
}
