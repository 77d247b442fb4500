// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>Takes out of a data set the packets that a caller may not have; the manifest then says which files those are.</summary>
internal static class Withholding
{
    public static DataSet For(CallerRights rights, DataSet dataSet)
    {
        var points = dataSet.Manifest.Captures.ToDictionary(c => c.Id, c => c.Point);
        var withheld = dataSet.Files.Where(f => f.Source.Raw && !(points.TryGetValue(f.Capture, out var point) && rights.May(Capability.RawData, point))).Select(f => f.Path).ToHashSet();
        if (withheld.Count == 0) return dataSet;
        var files = dataSet.Manifest.Files.ToLookup(f => withheld.Contains(f.Path));
        return new DataSet
        {
            Files = [.. dataSet.Files.Where(f => !withheld.Contains(f.Path))],
            Manifest = dataSet.Manifest with { Files = [.. files[false]], Withheld = [.. files[true]] },
        };
    }
}
