// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.Simulation;

/// <summary>A seed tells the same story every time, whether someone listens or not.</summary>
[TestClass]
public sealed class ReplayTests
{
    [TestMethod]
    public void The_trace_of_a_seed_is_the_same_in_two_runs()
    {
        for (var seed = 1UL; seed <= 12; seed++)
        {
            var (one, two) = (Traced(seed), Traced(seed));
            Assert.IsGreaterThan(100, one.Kernel.Trace.Lines.Count);
            CollectionAssert.AreEqual(one.Kernel.Trace.Lines.ToArray(), two.Kernel.Trace.Lines.ToArray(), $"seed {seed}");
        }
    }

    [TestMethod]
    public void A_trace_changes_nothing()
    {
        for (var seed = 20UL; seed <= 32; seed++)
        {
            var silent = new Simulation(seed);
            silent.Run();
            Assert.AreEqual(silent.Kernel.Fingerprint, Traced(seed).Kernel.Fingerprint, $"seed {seed}");
        }
    }

    [TestMethod]
    public void Another_seed_is_another_story() => Assert.AreNotEqual(Traced(1).Kernel.Fingerprint, Traced(2).Kernel.Fingerprint);

    private static Simulation Traced(ulong seed)
    {
        var simulation = new Simulation(seed, traced: true);
        simulation.Run();
        return simulation;
    }
}
