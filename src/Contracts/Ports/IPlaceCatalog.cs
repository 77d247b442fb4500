// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What point and probe grains write to the store. Older versions never replace newer ones.</summary>
public interface IPlaceCatalog
{
    Task Record(PointView point);

    Task Record(ProbeView probe);
}
