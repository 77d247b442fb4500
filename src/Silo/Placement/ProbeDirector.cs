// SPDX-License-Identifier: BSD-3-Clause
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Tci.Silo.Placement;

/// <summary>
/// Finds the silo of a probe by its name in the membership, <c>probe:ID</c>. Where two generations are listed the newer one is taken. A probe without a silo
/// is an error the caller hears at once: its grains are never activated elsewhere, since its data is not elsewhere.
/// </summary>
internal sealed class ProbeDirector(IClusterMembershipService members) : IPlacementDirector
{
    public const string NamePrefix = "probe:";

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var probe = target.GrainIdentity.Key.ToString()!.Split('/')[0];
        var silo = context.GetCompatibleSilos(target)
            .Where(s => members.CurrentSnapshot.Members.TryGetValue(s, out var member) && member.Name == NamePrefix + probe)
            .MaxBy(s => s.Generation);
        return silo is not null ? Task.FromResult(silo) : throw new ProbeAwayException(probe);
    }
}

/// <summary>No silo of the probe is in the cluster.</summary>
public sealed class ProbeAwayException(string probe) : Exception($"The probe {probe} is away.");
