// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Probes;

namespace Tci.Silo.Grains;

public interface IProbeGrain : IProbe, IGrainWithStringKey;

/// <summary>The Orleans binding of <see cref="Tci.Grains.Probes.Probe"/>.</summary>
[GrainType("probe")]
public sealed class ProbeGrain(IGrainContext context, [PersistentState("probe")] IPersistentState<Stored<ProbeRecord>> state, IGrains grains, IPlaceCatalog catalog, TimeProvider clock)
    : Tci.Grains.Probes.Probe(new OrleansEntity<ProbeRecord>(context, state), grains, catalog, clock), IProbeGrain, IBinding
{
    public IGrainContext GrainContext => context;
}
