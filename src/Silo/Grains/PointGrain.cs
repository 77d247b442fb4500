// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Points;

namespace Tci.Silo.Grains;

public interface IPointGrain : IPoint, IGrainWithStringKey;

/// <summary>The Orleans binding of <see cref="Point"/>.</summary>
[GrainType("point")]
public sealed class PointGrain(IGrainContext context, [PersistentState("point")] IPersistentState<Stored<PointRecord>> state, IGrains grains, IPlaceCatalog catalog, TimeProvider clock)
    : Point(new OrleansEntity<PointRecord>(context, state), grains, catalog, clock), IPointGrain, IBinding
{
    public IGrainContext GrainContext => context;
}
