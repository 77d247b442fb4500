// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

namespace Tci.Simulation;

/// <summary>Two thousand lives of the whole system, in parts that run beside each other. TCI_SEEDS=FROM-TO runs others, TCI_SEED=N replays one with its trace.</summary>
[TestClass]
public sealed class SeedTests
{
    private const int PartSeeds = 250;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(6)]
    [DataRow(7)]
    public void An_accepted_job_is_never_lost_and_never_runs_twice(int part)
    {
        if (Seeds.Asked is not null) Assert.Inconclusive("TCI_SEED or TCI_SEEDS asks for other seeds.");
        Seeds.RunAll((ulong)(1 + (part * PartSeeds)), (ulong)((part + 1) * PartSeeds), TestContext);
    }

    [TestMethod]
    public void Seeds_that_are_asked_for()
    {
        if (Seeds.Asked is not { } asked) Assert.Inconclusive("Set TCI_SEEDS=FROM-TO or TCI_SEED=N to run others than the usual seeds.");
        else if (asked.From == asked.To) Seeds.Replay(asked.From, TestContext);
        else Seeds.RunAll(asked.From, asked.To, TestContext);
    }
}
