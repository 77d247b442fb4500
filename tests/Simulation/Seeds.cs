// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.Simulation;

/// <summary>Runs seeds and says what was wrong with one, so that a person can see how it came to that.</summary>
internal static class Seeds
{
    /// <summary>Lines of a failing seed's trace that are shown; the whole is to be had with TCI_SEED.</summary>
    private const int LinesShown = 150;

    /// <summary>After so many failing seeds no further one is run.</summary>
    private const int FailuresMax = 10;

    /// <summary>From the environment; null for the usual ones.</summary>
    public static (ulong From, ulong To)? Asked
    {
        get
        {
            var text = Environment.GetEnvironmentVariable("TCI_SEED") ?? Environment.GetEnvironmentVariable("TCI_SEEDS");
            if (string.IsNullOrEmpty(text)) return null;
            var parts = text.Split('-');
            if (parts.Length <= 2 && ulong.TryParse(parts[0], out var from) && ulong.TryParse(parts[^1], out var to) && from <= to) return (from, to);
            throw new AssertFailedException($"TCI_SEED is a number and TCI_SEEDS is FROM-TO; '{text}' is neither.");
        }
    }

    public static void RunAll(ulong from, ulong to, TestContext test)
    {
        var watch = Stopwatch.StartNew();
        var steps = 0L;
        var failures = new List<(ulong Seed, string What)>();
        for (var seed = from; seed <= to && failures.Count < FailuresMax; seed++)
        {
            var simulation = new Simulation(seed);
            if (simulation.Run() is { } failure) failures.Add((seed, failure));
            steps += simulation.Kernel.Steps;
        }

        if (failures.Count > 0)
            throw new AssertFailedException(string.Join('\n', failures.Select(f => $"Seed {f.Seed}: {f.What}")) + "\n\n" + Story(failures[0].Seed, LinesShown));

        test.WriteLine($"Seeds {from} to {to}: {(to - from + 1) / watch.Elapsed.TotalSeconds:0.0} a second, {steps / (double)(to - from + 1):0} steps each.");
    }

    /// <summary>One seed with everything that happened in it.</summary>
    public static void Replay(ulong seed, TestContext test)
    {
        var simulation = new Simulation(seed, traced: true);
        var failure = simulation.Run();
        test.WriteLine(string.Join('\n', simulation.Kernel.Trace.Lines));
        if (failure is not null) throw new AssertFailedException($"Seed {seed}: {failure}");
    }

    private static string Story(ulong seed, int lines)
    {
        var again = new Simulation(seed, traced: true);
        var failure = again.Run() ?? "It failed once and not when it was run again: something in it does not come from the seed.";
        return $"Seed {seed}: {failure}\nReplay it with TCI_SEED={seed}. {again.Faults.Plan}\nThe last {lines} lines of its trace:\n" + string.Join('\n', again.Kernel.Trace.Lines.TakeLast(lines));
    }
}
