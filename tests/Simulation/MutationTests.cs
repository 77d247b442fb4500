// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Simulation.Mutations;

namespace Tci.Simulation;

/// <summary>Mistakes planted on purpose: each must be found within the seeds of the normal test, or that test proves nothing.</summary>
[TestClass]
public sealed class MutationTests
{
    private const ulong SeedsMax = 2000;

    private static readonly Dictionary<string, Func<Mutation>> s_all = new()
    {
        [nameof(WakeUpsAreLost)] = () => new WakeUpsAreLost(),
        [nameof(JobSavesAfterTheCall)] = () => new JobSavesAfterTheCall(),
        [nameof(FailedSavesGoUnnoticed)] = () => new FailedSavesGoUnnoticed(),
        [nameof(CatalogForgetsInstants)] = () => new CatalogForgetsInstants(),
        [nameof(AcceptedBeforeItIsStored)] = () => new AcceptedBeforeItIsStored(),
        [nameof(FailedRowsGoUnnoticed)] = () => new FailedRowsGoUnnoticed(),
        [nameof(BegunCapturesBeginAgain)] = () => new BegunCapturesBeginAgain(),
        [nameof(RunsAreMadeAgain)] = () => new RunsAreMadeAgain(),
        [nameof(DirectoriesStay)] = () => new DirectoriesStay(),
        [nameof(RenewalsDoNotCount)] = () => new RenewalsDoNotCount(),
        [nameof(RenewalsCountTwice)] = () => new RenewalsCountTwice(),
        [nameof(CancellationIsForgotten)] = () => new CancellationIsForgotten(),
        [nameof(WaitsWithoutADeadline)] = () => new WaitsWithoutADeadline(),
        [nameof(WorksOnTheThreadPool)] = () => new WorksOnTheThreadPool(),
    };

    public static IEnumerable<object[]> Names => s_all.Keys.Select(n => new object[] { n });

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void It_is_found(string mutation)
    {
        for (var seed = 1UL; seed <= SeedsMax; seed++)
        {
            if (new Simulation(seed, s_all[mutation]()).Run() is not { } failure) continue;
            TestContext.WriteLine($"{mutation}: found by seed {seed}: {failure}");
            return;
        }

        Assert.Fail($"{SeedsMax} seeds do not find {mutation}.");
    }
}
