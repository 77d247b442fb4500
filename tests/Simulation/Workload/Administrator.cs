// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Hosts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Workload;

/// <summary>Someone who changes what points admit while jobs wait for them, and now and then takes one away and brings it back.</summary>
internal sealed class Administrator(Simulation simulation, Host at, IReadOnlyList<PointId> points, SimRandom random)
{
    private static readonly Caller s_me = new("root", "192.0.2.1");
    private readonly SimGrains _grains = new(simulation, at, "administrator");

    public async Task Live()
    {
        for (var i = random.Between(0, 5); i > 0; i--)
        {
            await simulation.Kernel.Delay(random.Seconds(0.1, 25), at.Life);
            var point = _grains.Point(random.Pick(points));
            try
            {
                await (random.Chance(0.1) ? point.Remove(new RemovePoint(s_me)) : point.Limit(new LimitPoint(Limits(), s_me)));
            }
            catch (Exception e)
            {
                simulation.Kernel.Trace.Say("administrator", $"{e.Message}");
            }
        }
    }

    private PointLimits Limits() => new()
    {
        CapturesMax = random.Between(1, 3),
        ReservedBytesMax = random.Chance(0.2) ? 1_500_000 : null,
        DayBytesMax = random.Chance(0.1) ? 3_000_000 : null,
        AllowsPreemption = random.Chance(0.7),
    };
}
