// SPDX-License-Identifier: BSD-3-Clause
using Orleans.Metadata;
using Orleans.Placement;

namespace Tci.Silo.Placement;

/// <summary>Grains of this class live on the probe their key begins with, and nowhere else.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ByProbeAttribute() : PlacementAttribute(new ProbePlacement());

public sealed class ProbePlacement : PlacementStrategy;
