// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Runs;
using Tci.Silo.Placement;

namespace Tci.Silo.Grains;

public interface IRunGrain : IRun, IGrainWithStringKey;

/// <summary>The Orleans binding of <see cref="Run"/>.</summary>
[GrainType("run"), ByProbe]
public sealed class RunGrain(IGrainContext context, [PersistentState("run")] IPersistentState<Stored<RunRecord>> state, IGrains grains, IProcessors processors, TimeProvider clock)
    : Run(new OrleansEntity<RunRecord>(context, state), grains, processors, clock), IRunGrain, IBinding
{
    public IGrainContext GrainContext => context;
}
