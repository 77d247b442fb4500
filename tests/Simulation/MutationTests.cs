// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Simulation.Mutations;

namespace Tci.Simulation;

/// <summary>
/// Mistakes planted on purpose: each must be found by several of the seeds of the normal test, or that test
/// proves nothing. TCI_MUTATIONS=2000 says by how many.
/// </summary>
[TestClass]
public sealed class MutationTests
{
    private const ulong SeedsUsual = 2000;

    /// <summary>Found by fewer it would be found by chance.</summary>
    private const int FindsMin = 5;

    /// <summary>Seeds that are all run and counted; null where the first few finds are enough.</summary>
    private static readonly ulong? s_counted = ulong.TryParse(Environment.GetEnvironmentVariable("TCI_MUTATIONS"), out var seeds) ? seeds : null;

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
        [nameof(StartsAreForgotten)] = () => new StartsAreForgotten(),
        [nameof(SavedInstantsAreNotServed)] = () => new SavedInstantsAreNotServed(),
        [nameof(WorksOnTheThreadPool)] = () => new WorksOnTheThreadPool(),
    };

    public static IEnumerable<object[]> Names => s_all.Keys.Select(n => new object[] { n });

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void It_is_found(string mutation)
    {
        var found = new List<(ulong Seed, string What)>();
        for (var seed = 1UL; seed <= (s_counted ?? SeedsUsual) && (s_counted is not null || found.Count < FindsMin); seed++)
        {
            if (new Simulation(seed, s_all[mutation]()).Run() is { } failure) found.Add((seed, failure));
        }

        TestContext.WriteLine($"{mutation}: {(s_counted is { } counted ? $"found by {found.Count} of {counted} seeds, the first are" : "found by the seeds")} {string.Join(", ", found.Take(FindsMin).Select(f => f.Seed))}");
        if (found.Count > 0) TestContext.WriteLine(found[0].What);
        Assert.IsGreaterThanOrEqualTo(FindsMin, found.Count, $"only {found.Count} seeds find {mutation}");
    }
}
