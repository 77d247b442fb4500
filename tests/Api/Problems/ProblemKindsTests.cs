// SPDX-License-Identifier: BSD-3-Clause
using System.Reflection;
using System.Text.RegularExpressions;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Tests.Problems;

[TestClass]
public sealed partial class ProblemKindsTests
{
    private static IEnumerable<string> Codes() =>
        typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

    [TestMethod]
    public void Every_code_has_a_status_and_a_title()
    {
        var missing = Codes().Where(c => !ProblemKinds.Knows(c)).ToList();
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    [TestMethod]
    public async Task Every_code_is_in_the_documentation_with_its_status_and_title()
    {
        var lines = await File.ReadAllLinesAsync(RepositoryFiles.PathOf("docs/problems.md"));
        var missing = Codes()
            .Where(c => !lines.Any(l => l.StartsWith($"| `{c}` | {ProblemKinds.Of(c).Status} | {ProblemKinds.Of(c).Title} | ", StringComparison.Ordinal)))
            .Select(c => $"| `{c}` | {ProblemKinds.Of(c).Status} | {ProblemKinds.Of(c).Title} | …")
            .ToList();
        Assert.IsEmpty(missing, "docs/problems.md lacks:\n" + string.Join("\n", missing));
    }

    [TestMethod]
    public async Task The_documentation_lists_no_code_that_does_not_exist()
    {
        var lines = await File.ReadAllLinesAsync(RepositoryFiles.PathOf("docs/problems.md"));
        var listed = lines.Select(l => Row().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToList();
        Assert.IsGreaterThan(30, listed.Count);
        Assert.IsEmpty(listed.Except(Codes()).ToList());
    }

    [GeneratedRegex(@"^\| `([^`]+)` \| \d{3} \|")]
    private static partial Regex Row();
}
