// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Architecture.Code;
using Tci.Architecture.Layout;
using Tci.Architecture.Projects;
using Tci.Architecture.Sizes;

namespace Tci.Architecture;

/// <summary>Each rule runs twice: on the tree as it is, and on the tree with each of its breaches planted.</summary>
[TestClass]
public sealed class RulesTests
{
    private static readonly IRule[] s_rules =
    [
        new ReferenceMatrix(), new PackageMatrix(), new SolutionsHoldAllProjects(),
        new GrainsKnowNoRuntime(), new UnsafeAtTheEdges(), new HttpInApi(), new OrleansInSilo(),
        new RootAllowList(), new NamesSaySomething(), new SpdxHeaders(), new DocumentsNameWhatExists(), new NoRegistryInConfiguration(),
        new FileSizes(), new MethodSizes(),
    ];

    private static readonly Lazy<SourceTree> s_tree = new(SourceTree.OfThisRepository);

    public static IEnumerable<object[]> Rules => s_rules.Select(r => new object[] { r.GetType().Name });

    [TestMethod, DynamicData(nameof(Rules))]
    public void The_tree_keeps(string rule)
    {
        var breaches = Named(rule).Check(s_tree.Value).ToList();
        Assert.IsEmpty(breaches, rule + ":\n" + string.Join('\n', breaches));
    }

    [TestMethod, DynamicData(nameof(Rules))]
    public void A_planted_breach_is_found_by(string rule)
    {
        var plants = Named(rule).Plants.ToList();
        Assert.IsNotEmpty(plants, rule + " plants nothing, so nothing shows that it can fail.");
        var before = Named(rule).Check(s_tree.Value).ToHashSet();
        foreach (var plant in plants)
        {
            var found = Named(rule).Check(plant.In(s_tree.Value)).Where(b => !before.Contains(b)).ToList();
            Assert.Contains(b => b.Contains(plant.Path, StringComparison.Ordinal), found, $"{rule} did not find what was planted in {plant.Path}.");
        }
    }

    [TestMethod]
    public void Every_rule_is_in_the_list()
    {
        var rules = typeof(IRule).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IRule))).Select(t => t.Name).Order();
        CollectionAssert.AreEqual(rules.ToArray(), s_rules.Select(r => r.GetType().Name).Order().ToArray());
    }

    private static IRule Named(string rule) => s_rules.Single(r => r.GetType().Name == rule);
}
