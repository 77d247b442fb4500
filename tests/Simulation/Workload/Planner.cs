// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Hosts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Workload;

/// <summary>Someone who has a schedule make a few jobs, in some of the seeds.</summary>
internal sealed class Planner(Simulation simulation, Host at, SpecMaker specs, SimRandom random)
{
    private static readonly Caller s_me = new("carol", "192.0.2.9");
    private readonly ISchedule _schedule = new SimGrains(simulation, at, "planner").Schedule(Id);

    public static ScheduleId Id { get; } = new("schedule-nightly");

    /// <summary>An answer said that the schedule is there.</summary>
    public bool Accepted { get; private set; }

    /// <summary>May have no jobs made, from before the schedule was there.</summary>
    public bool MayNot { get; private set; }

    public bool Finished { get; private set; }

    public async Task Live()
    {
        if (random.Chance(0.35)) await Plan();
        Finished = true;
    }

    private async Task Plan()
    {
        await simulation.Kernel.Delay(random.Seconds(0, 30), at.Life);
        var spec = new ScheduleSpec
        {
            Name = "nightly",
            Job = specs.Next() with { StartAt = null },
            Every = random.Chance(0.5) ? TimeSpan.FromMinutes(1) : null,
            CountMax = random.Between(1, 3),
            Until = Kernel.Epoch + TimeSpan.FromMinutes(6),
            CatchUp = random.Chance(0.5),
        };
        spec = spec.Every is null ? spec with { Cron = "*/1 * * * *" } : spec;
        MayNot = spec is { Every: null, CatchUp: true, CountMax: 3 };
        simulation.Store.Tables.LetCreate(s_me.Name, !MayNot);
        Accepted = (await Insist(() => _schedule.Define(new DefineSchedule(spec, s_me)))).Ok;
        if (!Accepted) return;
        if (random.Chance(0.3)) await Insist(() => _schedule.Pause(new PauseSchedule(s_me)));
        await simulation.Kernel.Delay(random.Seconds(0, 60), at.Life);
        await Insist(() => _schedule.Resume(new ResumeSchedule(s_me)));
        if (random.Chance(0.1)) await Insist(() => _schedule.Delete(new DeleteSchedule(s_me)));

        // A pause may have been late on its way and arrive after the resumption.
        while ((await Insist(() => _schedule.Get(new GetSchedule()))).Value is { State: not ScheduleState.Ended } view)
        {
            if (view.State == ScheduleState.Paused) await Insist(() => _schedule.Resume(new ResumeSchedule(s_me)));
            await simulation.Kernel.Delay(random.Seconds(5, 20), at.Life);
        }
    }

    private async Task<Answer<ScheduleView>> Insist(Func<Task<Answer<ScheduleView>>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception e)
            {
                simulation.Kernel.Trace.Say("planner", $"{e.Message}");
            }

            await simulation.Kernel.Delay(random.Seconds(0.5, 5), at.Life);
        }
    }
}
