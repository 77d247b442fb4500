// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Simulation.Scheduling;

/// <summary>Random numbers that are the same on every machine and runtime for the same seed (SplitMix64).</summary>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A stream of its own, so that drawing more in one place does not shift another.</summary>
    public SimRandom Fork() => new(Next());

    /// <summary>From 0 to max - 1.</summary>
    public int Below(int max) => (int)(Next() % (ulong)max);

    public int Between(int min, int max) => min + Below(max - min + 1);

    public bool Chance(double share) => (Next() >> 11) * (1.0 / (1UL << 53)) < share;

    public TimeSpan Span(TimeSpan min, TimeSpan max) => min + TimeSpan.FromMilliseconds((long)(Next() % (ulong)Math.Max(1, (max - min).TotalMilliseconds)));

    public TimeSpan Seconds(double min, double max) => Span(TimeSpan.FromSeconds(min), TimeSpan.FromSeconds(max));

    public TimeSpan Milliseconds(int min, int max) => TimeSpan.FromMilliseconds(Between(min, max));

    public T Pick<T>(IReadOnlyList<T> of) => of[Below(of.Count)];
}
