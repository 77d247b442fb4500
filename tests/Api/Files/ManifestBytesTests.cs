// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Api.Files;
using Tci.Contracts;

namespace Tci.Api.Tests.Files;

[TestClass]
public sealed class ManifestBytesTests
{
    private static readonly Manifest s_manifest = Samples.Manifest([new DataSetFile("flow.csv", Samples.Capture, new DataFile("flow.csv", 8, new string('a', 64), "00000000", false))]);

    [TestMethod]
    public async Task The_bytes_are_those_of_the_documented_example()
    {
        var document = await File.ReadAllTextAsync(RepositoryFiles.PathOf("docs/formats/manifest.md"));
        var example = document.Split("```json\n")[1].Split("```")[0];
        Assert.AreEqual(example, Encoding.UTF8.GetString(ManifestBytes.Of(s_manifest)));
    }

    [TestMethod]
    public void The_order_in_which_maps_were_filled_does_not_matter()
    {
        var turned = s_manifest with { Programs = s_manifest.Programs.Reverse().ToDictionary(), Spec = s_manifest.Spec with { Labels = s_manifest.Spec.Labels.Reverse().ToDictionary() } };
        CollectionAssert.AreEqual(ManifestBytes.Of(s_manifest), ManifestBytes.Of(turned));
    }
}
