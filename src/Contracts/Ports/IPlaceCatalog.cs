// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What point and probe grains write to the store. Older versions never replace newer ones.</summary>
public interface IPlaceCatalog
{
    Task Record(PointView point);

    Task Record(ProbeView probe);

    /// <summary>Those of the captures whose job is unknown, deleted, or final without having collected them.</summary>
    Task<IReadOnlyList<CaptureId>> Orphans(IReadOnlyList<CaptureId> captures);
}
