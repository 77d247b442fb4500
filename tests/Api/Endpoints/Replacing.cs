// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Api.Tests.Endpoints;

/// <summary>Addresses of operations, and addresses that stand for them.</summary>
internal static class Replacing
{
    /// <summary>With each of these replaced, the first first.</summary>
    public static string With(this string path, params IReadOnlyList<(string Old, string New)> pairs) => pairs.Aggregate(path, (p, pair) => p.Replace(pair.Old, pair.New, StringComparison.Ordinal));
}
