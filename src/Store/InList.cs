// SPDX-License-Identifier: BSD-3-Clause
using Dapper;

namespace Tci.Store;

/// <summary>A list of values in a statement, a parameter each: the one way that every database and driver takes.</summary>
internal static class InList
{
    /// <summary>The text after IN, and the values added to the parameters. An empty list is one that nothing is in.</summary>
    /// <param name="name">Begins the names of the parameters; the number of each follows.</param>
    public static string Of(DynamicParameters to, string name, IEnumerable<string> values)
    {
        var names = new List<string>();
        foreach (var value in values)
        {
            names.Add($"@{name}{names.Count}");
            to.Add(names[^1], value);
        }

        return names.Count == 0 ? "(NULL)" : $"({string.Join(", ", names)})";
    }
}
