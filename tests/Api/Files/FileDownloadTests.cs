// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using System.Text;
using Tci.Contracts;

namespace Tci.Api.Tests.Files;

[TestClass]
public sealed class FileDownloadTests
{
    private const string Url = "/api/v1/jobs/job-a/files/0-local-veth0/traffic.pcap";
    private static readonly byte[] s_pcap = Samples.Bytes(100_000, 3);
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        var dataSet = Samples.DataSet(_server.Files, ("0-local-veth0/traffic.pcap", s_pcap), ("empty.csv", []), ("a b%2Fž.csv", Encoding.UTF8.GetBytes("x")));
        await Samples.Store(_server, JobState.Done, dataSet: dataSet);
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task A_file_comes_with_its_type_tag_and_digest()
    {
        var response = await _server.Client.GetAsync(Url);
        CollectionAssert.AreEqual(s_pcap, await response.Content.ReadAsByteArrayAsync());
        Assert.AreEqual("application/vnd.tcpdump.pcap", response.Content.Headers.ContentType!.ToString());
        Assert.AreEqual($"sha-256=:{Convert.ToBase64String(SHA256.HashData(s_pcap))}:", response.Headers.GetValues("Repr-Digest").Single());
        Assert.AreEqual($"\"{Convert.ToHexStringLower(SHA256.HashData(s_pcap))}\"", response.Headers.ETag!.Tag);
        Assert.AreEqual("traffic.pcap", response.Content.Headers.ContentDisposition!.FileName);
    }

    [TestMethod]
    [DataRow("bytes=0-9", 0, 10)]
    [DataRow("bytes=99990-", 99990, 10)]
    [DataRow("bytes=-10", 99990, 10)]
    [DataRow("bytes=99990-200000", 99990, 10)]
    [DataRow("bytes=-200000", 0, 100_000)]
    public async Task A_range_is_that_part_with_the_digest_of_the_whole(string range, int from, int count)
    {
        var response = await _server.Get(Url, ("Range", range));
        Assert.AreEqual(206, (int)response.StatusCode);
        Assert.AreEqual($"bytes {from}-{from + count - 1}/100000", response.Content.Headers.ContentRange!.ToString());
        CollectionAssert.AreEqual(s_pcap[from..(from + count)], await response.Content.ReadAsByteArrayAsync());
        Assert.AreEqual($"sha-256=:{Convert.ToBase64String(SHA256.HashData(s_pcap))}:", response.Headers.GetValues("Repr-Digest").Single());
    }

    [TestMethod]
    [DataRow("bytes=100000-")]
    [DataRow("bytes=200000-300000")]
    [DataRow("bytes=-0")]
    public async Task A_range_outside_is_416_with_the_length(string range)
    {
        var response = await _server.Get(Url, ("Range", range));
        await Server.Problem(response, 416, ProblemCodes.InvalidRequest);
        Assert.AreEqual("bytes */100000", response.Content.Headers.ContentRange!.ToString());
        Assert.IsFalse(response.Headers.Contains("Repr-Digest"));
    }

    [TestMethod]
    [DataRow("bytes=0-4,10-14")]
    [DataRow("bytes=9-5")]
    [DataRow("lines=1-2")]
    [DataRow("bytes=")]
    [DataRow("nonsense")]
    [DataRow("bytes=0-99999999999999999999999")]
    public async Task A_range_that_is_none_or_several_gives_the_whole(string range)
    {
        var response = await _server.Get(Url, ("Range", range));
        Assert.AreEqual(200, (int)response.StatusCode);
        Assert.HasCount(100_000, await response.Content.ReadAsByteArrayAsync());
    }

    [TestMethod]
    public async Task If_range_gives_the_part_of_the_same_file_only()
    {
        var tag = (await _server.Client.GetAsync(Url)).Headers.ETag!.Tag;
        Assert.AreEqual(206, (int)(await _server.Get(Url, ("Range", "bytes=0-9"), ("If-Range", tag))).StatusCode);
        Assert.AreEqual(200, (int)(await _server.Get(Url, ("Range", "bytes=0-9"), ("If-Range", "\"other\""))).StatusCode);
        Assert.AreEqual(304, (int)(await _server.Get(Url, ("If-None-Match", tag))).StatusCode);
        await Server.Problem(await _server.Get(Url, ("If-Match", "\"other\"")), 412, ProblemCodes.Conflict);
    }

    [TestMethod]
    public async Task An_empty_file_is_empty_and_every_range_of_it_lies_outside()
    {
        var response = await _server.Client.GetAsync("/api/v1/jobs/job-a/files/empty.csv");
        Assert.AreEqual((200, 0L), ((int)response.StatusCode, response.Content.Headers.ContentLength));
        Assert.AreEqual("text/csv; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a/files/empty.csv", ("Range", "bytes=0-0")), 416, ProblemCodes.InvalidRequest);
    }

    [TestMethod]
    public async Task The_manifest_has_an_address_of_its_own_and_one_among_the_files()
    {
        var manifest = await _server.Client.GetAsync("/api/v1/jobs/job-a/manifest");
        Assert.AreEqual("application/json", manifest.Content.Headers.ContentType!.ToString());
        CollectionAssert.AreEqual(await manifest.Content.ReadAsByteArrayAsync(), await _server.Client.GetByteArrayAsync("/api/v1/jobs/job-a/files/manifest.json"));
    }

    [TestMethod]
    [DataRow("nothing.csv")]
    [DataRow("0-local-veth0")]
    [DataRow("0-local-veth0/")]
    [DataRow("data/0-local-veth0/traffic.pcap")]
    [DataRow("%2e%2e/%2e%2e/etc/passwd")]
    [DataRow("..%5c..%5cx")]
    [DataRow("%00")]
    public async Task Only_what_the_manifest_lists_can_be_had(string path)
    {
        var answer = await RawHttp.Send(_server.Address, $"GET /api/v1/jobs/job-a/files/{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_server.Token}\r\nConnection: close\r\n\r\n");
        // The server refuses some of these by itself, before any endpoint.
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        Assert.AreEqual(0, _server.Files.Opened);
    }

    [TestMethod]
    public async Task A_job_that_still_runs_is_not_ready_and_one_that_left_nothing_is_404()
    {
        foreach (var (id, state, status, code) in new[] { ("job-b", JobState.Capturing, 409, ProblemCodes.NotReady), ("job-c", JobState.Failed, 404, ProblemCodes.NotFound) })
        {
            await _server.Jobs.Create(new JobSeed(new JobId(id), "ann", Samples.Spec(), Samples.Noon, null), Samples.Ann);
            await _server.Jobs.Record(Samples.View(state) with { Id = new JobId(id) }, null, [], null);
            foreach (var path in new[] { "dataset", "manifest", "files/x" }) await Server.Problem(await _server.Get($"/api/v1/jobs/{id}/{path}"), status, code);
        }
    }
}
