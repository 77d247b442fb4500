// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Probes;
using Tci.Silo.Placement;

namespace Tci.Silo.Grains;

public interface IFilterCheckGrain : IFilterCheck, IGrainWithStringKey;

/// <summary>The Orleans binding of <see cref="FilterCheck"/>; its key is <c>probe/filter-check</c>.</summary>
[GrainType("filter-check"), ByProbe]
public sealed class FilterCheckGrain(IGrainContext context, IFilterCompiler compiler) : FilterCheck(compiler), IFilterCheckGrain, IGrainBase
{
    public IGrainContext GrainContext => context;
}
