// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains;

/// <summary>
/// Pokes the entities whose saved instant has passed, and the jobs and schedules that are due by their rows, so that each goes on when its activation, or the
/// poke it waited for, was lost. A host calls it every few seconds on the control side; several at once do no harm.
/// </summary>
public sealed class Sweep(IWakeTimes wakes, IJobCatalog catalog, IScheduleCatalog schedules, IGrains grains, TimeProvider clock)
{
    /// <summary>Entities of each sort poked at once; the rest follows at the next call.</summary>
    public const int CountMax = 500;

    /// <summary>How often a host should call it.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    /// <summary>Overdue entities that a full sweep looks over before it begins anew with the longest overdue.</summary>
    private const int OverdueMax = 20_000;

    /// <summary>
    /// Those that were poked by the calls before this one. Captures of a probe that is away stay overdue as long as it is; they must not keep the others from
    /// their turn.
    /// </summary>
    private int _passed;

    /// <summary>Pokes and does not wait for what comes of it. Throws where the store cannot be read.</summary>
    public async Task<int> Once()
    {
        var now = clock.GetUtcNow();
        var due = await catalog.Due(now, CountMax);
        foreach (var job in due) Calls.Send(() => grains.Job(job).Poke(new Poke()));
        var planned = await schedules.Due(now, CountMax);
        foreach (var schedule in planned) Calls.Send(() => grains.Schedule(schedule).Poke(new Poke()));
        return due.Count + planned.Count + await Saved(now);
    }

    private async Task<int> Saved(DateTimeOffset now)
    {
        var overdue = await wakes.Due(now, _passed + CountMax);
        var next = overdue.Skip(_passed).ToList();
        _passed = next.Count < CountMax || overdue.Count >= OverdueMax ? 0 : overdue.Count;
        foreach (var (kind, key) in next)
        {
            if (EntityKinds.Find(grains, kind, key) is { } entity) Calls.Send(() => entity.Poke(new Poke()));
        }

        return next.Count;
    }
}
