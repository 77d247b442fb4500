// SPDX-License-Identifier: BSD-3-Clause
using Tci.Simulation.Hosts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Faults;

/// <summary>The faults of the moment: every message and every request to the store asks here what becomes of it. When the plan's time is over all is well.</summary>
internal sealed class FaultState(FaultPlan plan, SimRandom random)
{
    public FaultPlan Plan => plan;

    public bool Over { get; private set; }

    /// <summary>The store answers nobody.</summary>
    public bool StoreAway { get; set; }

    /// <summary>The store answers that it cannot.</summary>
    public bool StoreRefuses { get; set; }

    public TimeSpan IdleMax => plan.IdleMax;

    public void End() => (Over, StoreAway, StoreRefuses) = (true, false, false);

    public bool Lost(Host from) => !Over && (from.CutOff || random.Chance(plan.MessageLost));

    public bool Duplicated(Host from) => !Over && !from.CutOff && random.Chance(plan.MessageTwice);

    public bool PokeLost() => !Over && random.Chance(plan.PokeLost);

    public bool CrashesAtChange() => !Over && random.Chance(plan.CrashesAtChanges);

    public bool EngineFails() => !Over && random.Chance(plan.EngineTrouble / 4);

    public TimeSpan MessageDelay() =>
        !Over && random.Chance(plan.MessageLate) ? random.Seconds(0.5, 20) : random.Milliseconds(0, 4);

    public StoreFate StoreFate(Host by)
    {
        if (Over) return new(true, false, false, random.Milliseconds(0, 3), random.Milliseconds(0, 2));
        var delay = random.Chance(plan.StoreSlow) ? random.Seconds(0.1, 8) : random.Milliseconds(0, 6);
        var refused = StoreRefuses || random.Chance(plan.StoreFails);
        return new(!StoreAway && !by.StoreCutOff, refused, random.Chance(plan.StoreAnswerLost), delay, random.Milliseconds(0, 3));
    }
}
