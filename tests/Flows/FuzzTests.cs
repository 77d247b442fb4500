// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Fuzzing;

namespace Tci.Flows.Tests;

/// <summary>
/// No input may throw, hang, or read outside its bytes. Here seeded and short; <c>./tci fuzz flows</c> goes on with other seeds.
/// A failure names the target and the seed, which TCI_FUZZ=TARGET:SEED plays again.
/// </summary>
[TestClass]
public sealed class FuzzTests
{
    // Seconds of the long run.
    private const string SecondsVariable = "TCI_FUZZ_SECONDS";
    private const string AgainVariable = "TCI_FUZZ";
    private const int FirstLongSeed = 1_000_000;
    private const long KeptBytesMax = 256L << 20;
    private static readonly TimeSpan s_roundMax = TimeSpan.FromSeconds(60);

    [TestMethod]
    [DynamicData(nameof(Targets))]
    public void Damaged_input_does_no_harm(string name)
    {
        var target = FuzzTarget.All.Single(target => target.Name == name);
        var deep = Enumerable.Range(0, target.Rounds).Count(seed => Play(target, seed));
        Assert.IsGreaterThan(0, deep, "a fuzz that never gets past the first checks tests nothing");
    }

    [TestMethod]
    public void For_as_long_as_is_asked_for()
    {
        if (Environment.GetEnvironmentVariable(AgainVariable)?.Split(':') is [var name, var again])
        {
            Play(FuzzTarget.All.Single(target => target.Name == name), int.Parse(again));
            return;
        }
        if (!double.TryParse(Environment.GetEnvironmentVariable(SecondsVariable), out var seconds))
        {
            Assert.Inconclusive($"A long run is asked for by ./tci fuzz flows, or {SecondsVariable}.");
            return;
        }
        var ends = DateTime.UtcNow.AddSeconds(seconds);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var rounds = FuzzTarget.All.ToDictionary(target => target.Name, _ => 0);
        for (var seed = FirstLongSeed; DateTime.UtcNow < ends; seed += 100)
        {
            // The short targets get as many rounds as the slow ones take time.
            foreach (var target in FuzzTarget.All)
            {
                for (var i = 0; i < Math.Max(1, target.Rounds / 500); i++, rounds[target.Name]++)
                    Play(target, seed + i);
            }
        }
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"{string.Join(", ", rounds.Select(pair => $"{pair.Key} {pair.Value}"))}; {kept >> 20} MiB kept");
        Assert.IsLessThan(KeptBytesMax, kept, "memory grows with the input");
    }

    public static IEnumerable<object[]> Targets() => FuzzTarget.All.Select(target => new object[] { target.Name });

    private static bool Play(FuzzTarget target, int seed)
    {
        var started = DateTime.UtcNow;
        try
        {
            var deep = target.Round(new Random(seed));
            Assert.IsLessThan(s_roundMax, DateTime.UtcNow - started, "hangs");
            return deep;
        }
        catch (Exception fault)
        {
            throw new AssertFailedException($"{target.Name}, seed {seed}: {fault}", fault);
        }
    }
}
