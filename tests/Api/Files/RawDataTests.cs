// SPDX-License-Identifier: BSD-3-Clause
using System.IO.Compression;
using Tci.Api.Tests.Rights;
using Tci.Contracts;

namespace Tci.Api.Tests.Files;

/// <summary>Packets leave only for those who hold that right on the point they come from.</summary>
[TestClass]
public sealed class RawDataTests
{
    [TestMethod]
    public async Task Without_the_right_the_packets_are_left_out_and_the_manifest_says_so()
    {
        await using var server = await Server.Start();
        await Samples.Store(server, JobState.Done, dataSet: Samples.DataSet(server.Files, ("flow.csv", [1, 2]), ("traffic.pcap", [3, 4, 5])));
        using var viewer = await server.Add("viewer", "\"role\":\"viewer\"");
        using var elsewhere = await server.Add("elsewhere", "\"role\":\"viewer\"", "\"capabilities\":[\"RawData\"],\"point\":\"local/veth9\"");
        using var analyst = await server.Add("analyst", "\"role\":\"analyst\",\"point\":\"local/veth0\"");
        // That a job is one's own gives no right to its packets.
        using var owner = await server.Add("ann", "\"role\":\"member\",\"point\":\"local/veth0\"");
        foreach (var person in new[] { viewer, elsewhere, owner })
        {
            await Server.Problem(await person.Get("/api/v1/jobs/job-a/files/traffic.pcap"), 403, ProblemCodes.Forbidden);
            Assert.AreEqual(200, await person.Status("/api/v1/jobs/job-a/files/flow.csv"));
            var manifest = await person.Json("/api/v1/jobs/job-a/manifest");
            Assert.AreEqual("flow.csv", (string?)manifest["files"]!.AsArray().Single()!["path"]);
            Assert.AreEqual("traffic.pcap", (string?)manifest["withheld"]!.AsArray().Single()!["path"]);
            CollectionAssert.AreEqual(new[] { "manifest.json", "flow.csv" }, await Entries(person));
        }

        Assert.AreEqual(200, await analyst.Status("/api/v1/jobs/job-a/files/traffic.pcap"));
        Assert.IsNull((await analyst.Json("/api/v1/jobs/job-a/manifest"))["withheld"]);
        CollectionAssert.AreEqual(new[] { "manifest.json", "flow.csv", "traffic.pcap" }, await Entries(analyst));
        Assert.AreNotEqual((await viewer.Get("/api/v1/jobs/job-a/dataset")).Headers.ETag, (await analyst.Get("/api/v1/jobs/job-a/dataset")).Headers.ETag);
    }

    private static async Task<List<string>> Entries(Person person)
    {
        using var zip = new ZipArchive(new MemoryStream(await person.Client.GetByteArrayAsync("/api/v1/jobs/job-a/dataset")));
        return [.. zip.Entries.Select(e => e.FullName)];
    }
}
