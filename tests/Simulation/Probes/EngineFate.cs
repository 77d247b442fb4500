// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Probes;

/// <summary>What will go wrong with one engine process, decided when it is born.</summary>
internal sealed class EngineFate
{
    public static readonly EngineFate Good = new() { ArmTime = TimeSpan.FromMilliseconds(20), StopTime = TimeSpan.FromMilliseconds(20), RepairTime = TimeSpan.FromMilliseconds(500) };

    public static readonly EngineFate NoSource = new() { ArmTime = TimeSpan.FromMilliseconds(20), ArmProblem = new Problem(ProblemCodes.SourceMissing, "There is no such file.") };

    public static EngineFate Of(SimRandom random, double trouble)
    {
        var fate = new EngineFate();
        fate.Draw(random, trouble);
        return fate;
    }

    private void Draw(SimRandom random, double trouble)
    {
        ArmTime = random.Chance(trouble / 2) ? random.Seconds(1, 60) : random.Milliseconds(5, 400);
        NeverArms = random.Chance(trouble / 5);
        if (random.Chance(trouble / 3)) ArmProblem = new Problem(random.Pick([ProblemCodes.SourceMissing, ProblemCodes.InvalidFilter, ProblemCodes.NotPermitted]), "The engine cannot open it.");
        if (random.Chance(trouble / 2)) KilledAfter = random.Seconds(0, 30);
        if (random.Chance(0.1)) SourceEndsAfter = random.Seconds(0, 20);
        RepairTime = random.Seconds(0.2, 12);
        StopTime = random.Chance(trouble) ? random.Seconds(0.5, 20) : random.Milliseconds(1, 200);
        Overloads = random.Chance(0.1);
    }

    public TimeSpan ArmTime { get; private set; }

    public bool NeverArms { get; private set; }

    public Problem? ArmProblem { get; private set; }

    /// <summary>After it has armed.</summary>
    public TimeSpan? KilledAfter { get; private set; }

    /// <summary>After it has armed: a file was read to its end.</summary>
    public TimeSpan? SourceEndsAfter { get; private set; }

    /// <summary>Between the death of the process and a summary that says so.</summary>
    public TimeSpan RepairTime { get; private set; }

    public TimeSpan StopTime { get; private set; }

    /// <summary>Its ring is full for a while, whether packets are lost or not.</summary>
    public bool Overloads { get; private set; }
}
