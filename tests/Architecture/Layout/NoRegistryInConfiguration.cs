// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Architecture.Layout;

/// <summary>Where packages come from is the machine's business: no configuration file here names a source.</summary>
public sealed class NoRegistryInConfiguration : IRule
{
    private static readonly string[] s_refused = ["nuget.config", ".npmrc", "pip.conf", "packages.lock.json"];

    public IEnumerable<Plant> Plants => [.. s_refused.Select(f => new Plant("src/Api/" + f, "")), new("NuGet.Config", "")];

    public IEnumerable<string> Check(SourceTree tree) =>
        tree.Paths.Where(p => s_refused.Contains(p[(p.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase)).Select(p => $"{p} names package sources; leave them to the machine.");
}
