// SPDX-License-Identifier: BSD-3-Clause
using Tci.Grains.Jobs;

namespace Tci.Simulation;

/// <summary>The grains' own options in a simulation: the same as in life, only shorter, so that virtual hours are not spent on waiting.</summary>
internal static class Limits
{
    public static readonly JobOptions Jobs = new()
    {
        WaitMax = TimeSpan.FromMinutes(8),
        ArmMax = TimeSpan.FromSeconds(20),
        CaptureMax = TimeSpan.FromMinutes(2),
        EndGrace = TimeSpan.FromMinutes(1),
        CollectMax = TimeSpan.FromMinutes(2),
        ProcessMax = TimeSpan.FromMinutes(3),
        DeleteMax = TimeSpan.FromMinutes(5),
        CancelMax = TimeSpan.FromSeconds(40),
        AskAgainEvery = TimeSpan.FromSeconds(15),
    };
}
