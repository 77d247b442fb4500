// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains;

/// <summary>
/// Pokes the jobs and schedules whose instant has passed, so that one goes on when its activation, or the poke it waited for, was lost. A host calls it every few seconds
/// on the control side; several at once do no harm.
/// </summary>
public sealed class Sweep(IJobCatalog catalog, IScheduleCatalog schedules, IGrains grains, TimeProvider clock)
{
    /// <summary>Jobs poked at once; the rest follows at the next call.</summary>
    public const int CountMax = 500;

    /// <summary>How often a host should call it.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    /// <summary>Pokes and does not wait for what the jobs do. Throws where the store cannot be read.</summary>
    public async Task<int> Once()
    {
        var due = await catalog.Due(clock.GetUtcNow(), CountMax);
        foreach (var job in due) Calls.Send(() => grains.Job(job).Poke(new Poke()));
        var planned = await schedules.Due(clock.GetUtcNow(), CountMax);
        foreach (var schedule in planned) Calls.Send(() => grains.Schedule(schedule).Poke(new Poke()));
        return due.Count + planned.Count;
    }
}
