// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Workload;

/// <summary>Makes specifications as people might: mostly on the same few points, so that there are queues, and now and then on one that does not exist.</summary>
internal sealed class SpecMaker(IReadOnlyList<PointId> points, SimRandom random)
{
    private readonly PointId _popular = random.Pick(points);

    public JobSpec Next()
    {
        var processing = random.Chance(0.5);
        return new JobSpec
        {
            Name = "job",
            Points = [.. Points().Distinct()],
            Limits = Limits(),
            Processing = processing ? [new ProcessingStep { Processor = "flows" }] : [],
            KeepRaw = !processing || random.Chance(0.6),
            Priority = random.Pick([JobPriority.Low, JobPriority.Low, JobPriority.Normal, JobPriority.Normal, JobPriority.High, JobPriority.Critical]),
            FailOn = new JobStrictness { Drops = random.Chance(0.15), Overload = random.Chance(0.3) },
            StartAt = random.Chance(0.15) ? Kernel.Epoch + random.Seconds(0, 200) : null,
        };
    }

    private IEnumerable<PointId> Points()
    {
        if (random.Chance(0.05)) yield return new PointId(points[0].Probe, "nowhere");
        for (var i = random.Pick([1, 1, 1, 2, 2, 3]); i > 0; i--) yield return random.Chance(0.5) ? _popular : random.Pick(points);
    }

    private JobLimits Limits() => random.Below(4) switch
    {
        0 => new JobLimits { Packets = random.Pick([1, 100, 5000]) },
        1 => new JobLimits { Bytes = random.Pick([100, 20_000, 1_000_000]) },
        2 => new JobLimits { Duration = random.Seconds(0.5, 60), Packets = random.Pick([1000, 100_000]) },
        _ => new JobLimits { Duration = random.Seconds(0.5, 45) },
    };
}
