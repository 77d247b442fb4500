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

    [TestMethod]
    public async Task Who_takes_packets_is_audited_once_a_download_and_who_may_not_too()
    {
        await using var server = await Server.Start();
        await Samples.Store(server, JobState.Done, dataSet: Samples.DataSet(server.Files, ("flow.csv", [1, 2]), ("traffic.pcap", [3, 4, 5])));
        using var viewer = await server.Add("viewer", "\"role\":\"viewer\"");
        using var analyst = await server.Add("analyst", "\"role\":\"analyst\"");
        const string file = "/api/v1/jobs/job-a/files/traffic.pcap", zip = "/api/v1/jobs/job-a/dataset";
        foreach (var range in new[] { "bytes=1-1", "bytes=0-0", "bytes=2-" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, file);
            request.Headers.Add("Range", range);
            Assert.AreEqual(206, (int)(await analyst.Client.SendAsync(request)).StatusCode);
        }

        await analyst.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, file));
        await analyst.Get("/api/v1/jobs/job-a/files/flow.csv");
        await viewer.Get(zip);
        CollectionAssert.AreEqual(new[] { "analyst packets.download job-a accepted" }, Packets(server));
        await analyst.Get(file);
        await analyst.Get(zip);
        await viewer.Get(file);
        CollectionAssert.AreEqual(
            new[] { "analyst packets.download job-a accepted", "analyst packets.download job-a accepted", "analyst packets.download job-a accepted", "viewer packets.download job-a forbidden" }, Packets(server));
        Assert.Contains("the zip", string.Join('\n', server.Dump("audit")));
    }

    private static List<string> Packets(Server server) => [.. server.Audit().Where(r => r.Contains("packets.", StringComparison.Ordinal))];

    private static async Task<List<string>> Entries(Person person)
    {
        using var zip = new ZipArchive(new MemoryStream(await person.Client.GetByteArrayAsync("/api/v1/jobs/job-a/dataset")));
        return [.. zip.Entries.Select(e => e.FullName)];
    }
}
