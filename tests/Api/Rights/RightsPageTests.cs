// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.RegularExpressions;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Tests.Rights;

/// <summary>Holds docs/operating/rights.md against the code.</summary>
[TestClass]
public sealed partial class RightsPageTests
{
    [TestMethod]
    public async Task Its_tables_are_the_roles_and_the_capabilities_there_are()
    {
        var rows = Row().Matches(await File.ReadAllTextAsync(RepositoryFiles.PathOf("docs/operating/rights.md"))).ToDictionary(r => r.Groups[1].Value, r => r.Groups[2].Value);
        foreach (var (name, capabilities) in Roles.All) Assert.AreEqual(string.Join(", ", capabilities), rows[name], name);
        var others = rows.Keys.Except(Roles.All.Select(r => r.Name)).Order().ToList();
        CollectionAssert.AreEqual(Enum.GetValues<Capability>().Select(Json).Order().ToList(), others);
    }

    [TestMethod]
    public void A_capability_is_read_in_any_case_and_written_in_one()
    {
        foreach (var capability in Enum.GetValues<Capability>())
        {
            var written = Json(capability);
            foreach (var text in new[] { written, written.ToLowerInvariant(), char.ToLowerInvariant(written[0]) + written[1..] })
                Assert.AreEqual(capability, JsonSerializer.Deserialize<Capability>($"\"{text}\"", ContractJson.Options));
            Assert.Contains($"'{written}'", RightsMiddleware.Lacks(capability).Message);
        }
    }

    private static string Json(Capability capability) => JsonSerializer.Serialize(capability, ContractJson.Options).Trim('"');

    [GeneratedRegex(@"^\| `(\w+)` \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
