// SPDX-License-Identifier: BSD-3-Clause
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Faults;

/// <summary>Which faults a seed has, and how bad. Some seeds have none of a sort: what only works amid chaos is a bug too.</summary>
internal sealed record FaultPlan
{
    public required TimeSpan Length { get; init; }

    /// <summary>At every step of the simulation, which is at every await.</summary>
    public required double CrashShare { get; init; }

    public required int CrashesMax { get; init; }

    /// <summary>Of the moments at which an engine or a run has got on: its probe's program dies before it can tell anyone.</summary>
    public required double CrashesAtChanges { get; init; }

    public required double MessageLost { get; init; }

    public required double MessageTwice { get; init; }

    public required double MessageLate { get; init; }

    public required double PokeLost { get; init; }

    public required double StoreFails { get; init; }

    public required double StoreAnswerLost { get; init; }

    public required double StoreSlow { get; init; }

    public required bool Outages { get; init; }

    public required bool Partitions { get; init; }

    /// <summary>A host is taken for dead while it lives.</summary>
    public required bool Depositions { get; init; }

    public required TimeSpan SkewMax { get; init; }

    public required bool ClockJumps { get; init; }

    public required double EngineTrouble { get; init; }

    public required TimeSpan IdleMax { get; init; }

    public required bool SourcesVanish { get; init; }

    /// <summary>Nothing goes wrong by itself.</summary>
    public static readonly FaultPlan None = new()
    {
        Length = TimeSpan.Zero,
        CrashShare = 0,
        CrashesMax = 0,
        CrashesAtChanges = 0,
        MessageLost = 0,
        MessageTwice = 0,
        MessageLate = 0,
        PokeLost = 0,
        StoreFails = 0,
        StoreAnswerLost = 0,
        StoreSlow = 0,
        Outages = false,
        Partitions = false,
        Depositions = false,
        SkewMax = TimeSpan.Zero,
        ClockJumps = false,
        EngineTrouble = 0,
        IdleMax = TimeSpan.FromMinutes(10),
        SourcesVanish = false,
    };

    public static FaultPlan Of(SimRandom random)
    {
        double Share(double chance, params double[] of) => random.Chance(chance) ? random.Pick(of) : 0;
        return new FaultPlan
        {
            Length = random.Seconds(30, 150),
            CrashShare = Share(0.5, 0.0005, 0.002, 0.006),
            CrashesMax = random.Between(1, 6),
            CrashesAtChanges = Share(0.4, 0.01, 0.05, 0.2),
            MessageLost = Share(0.5, 0.005, 0.02, 0.1),
            MessageTwice = Share(0.5, 0.01, 0.1),
            MessageLate = Share(0.4, 0.01, 0.05),
            PokeLost = Share(0.6, 0.05, 0.5, 1),
            StoreFails = Share(0.5, 0.005, 0.03, 0.1),
            StoreAnswerLost = Share(0.5, 0.005, 0.03, 0.1),
            StoreSlow = Share(0.3, 0.02, 0.1),
            Outages = random.Chance(0.3),
            Partitions = random.Chance(0.35),
            Depositions = random.Chance(0.15),
            SkewMax = TimeSpan.FromMilliseconds(random.Pick([0, 50, 2000])),
            ClockJumps = random.Chance(0.06),
            EngineTrouble = Share(0.6, 0.02, 0.1, 0.4),
            IdleMax = random.Pick([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10)]),
            SourcesVanish = random.Chance(0.3),
        };
    }
}
