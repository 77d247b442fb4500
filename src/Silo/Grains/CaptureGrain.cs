// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Captures;
using Tci.Silo.Placement;

namespace Tci.Silo.Grains;

public interface ICaptureGrain : ICapture, IGrainWithStringKey;

/// <summary>The Orleans binding of <see cref="Capture"/>.</summary>
[GrainType("capture"), ByProbe]
public sealed class CaptureGrain(IGrainContext context, [PersistentState("capture")] IPersistentState<Stored<CaptureRecord>> state, IGrains grains, ICaptureEngine engine, ICaptureFiles files, TimeProvider clock)
    : Capture(new OrleansEntity<CaptureRecord>(context, state), grains, engine, files, clock), ICaptureGrain, IBinding
{
    public IGrainContext GrainContext => context;
}
