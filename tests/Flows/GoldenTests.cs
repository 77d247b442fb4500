// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests;

/// <summary>The cases of tests/golden/flows/TESTLIST: a capture, options, and the rows that must come out.</summary>
[TestClass]
public sealed class GoldenTests
{
    // Set to a folder, the made captures are written there; how a new case begins.
    private const string WriteVariable = "TCI_WRITE_GOLDEN_CAPTURES";

    [TestMethod]
    public void Made_captures_are_the_bytes_in_the_folder()
    {
        var folder = Environment.GetEnvironmentVariable(WriteVariable);
        foreach (var (name, make) in GoldenCaptures.Makers)
        {
            if (folder is not null)
                File.WriteAllBytes(Path.Combine(folder, name + ".pcap"), make().ToArray());
            else
                CollectionAssert.AreEqual(File.ReadAllBytes(GoldenCase.PathOf(name + ".pcap")), make().ToArray(), name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Rows_are_the_expected_ones(string name)
    {
        var golden = GoldenCase.All().Single(golden => golden.Name == name);
        var expected = golden.Expected();
        var (actual, _) = Export.Of(golden.Options, File.ReadAllBytes(golden.Capture));
        CollectionAssert.AreEqual(GoldenCase.Sorted(expected, golden.LeftOut), GoldenCase.Sorted(actual, golden.LeftOut));
        Assert.IsNotEmpty(expected.Rows);
    }

    private static IEnumerable<object[]> Cases() => GoldenCase.All().Select(golden => new object[] { golden.Name });
}
