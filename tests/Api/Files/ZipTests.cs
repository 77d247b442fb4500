// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Tci.Contracts;

namespace Tci.Api.Tests.Files;

[TestClass]
public sealed class ZipTests
{
    private static readonly (string Path, byte[] Content)[] s_contents =
    [
        ("empty.csv", []),
        ("flow.csv", Encoding.UTF8.GetBytes("a,b\n1,2\n")),
        ("1-local-veth0/traffic.pcap", Samples.Bytes(300_000, 1)),
        ("žluťoučký kůň 🐎.json", Encoding.UTF8.GetBytes("{}")),
    ];

    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        await Samples.Store(_server, JobState.Done, dataSet: Samples.DataSet(_server.Files, s_contents));
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task The_zip_holds_the_manifest_and_every_file_as_it_is()
    {
        var response = await _server.Client.GetAsync("/api/v1/jobs/job-a/dataset");
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.AreEqual("application/zip", response.Content.Headers.ContentType!.ToString());
        Assert.AreEqual("job-a.zip", response.Content.Headers.ContentDisposition!.FileName);
        Assert.AreEqual(bytes.Length, response.Content.Headers.ContentLength);
        Assert.AreEqual("bytes", response.Headers.AcceptRanges.Single());

        using var zip = new ZipArchive(new MemoryStream(bytes));
        CollectionAssert.AreEqual(new[] { "manifest.json" }.Concat(s_contents.Select(c => c.Path)).ToArray(), zip.Entries.Select(e => e.FullName).ToArray());
        foreach (var (path, content) in s_contents) CollectionAssert.AreEqual(content, Read(zip.GetEntry(path)!), path);
        Assert.IsTrue(zip.Entries.All(e => e.LastWriteTime.DateTime == new DateTime(2026, 3, 1, 12, 34, 56)));
        var manifest = JsonNode.Parse(Read(zip.GetEntry("manifest.json")!))!;
        Assert.AreEqual("flow.csv", (string?)manifest["files"]![1]!["path"]);
    }

    [TestMethod]
    public async Task The_same_data_set_is_the_same_zip_and_the_same_tag()
    {
        var one = await _server.Client.GetAsync("/api/v1/jobs/job-a/dataset");
        var two = await _server.Client.GetAsync("/api/v1/jobs/job-a/dataset");
        Assert.AreEqual(one.Headers.ETag, two.Headers.ETag);
        CollectionAssert.AreEqual(await one.Content.ReadAsByteArrayAsync(), await two.Content.ReadAsByteArrayAsync());
    }

    [TestMethod]
    public async Task Unzip_finds_nothing_wrong()
    {
        var (code, output) = await Run("unzip", "-t {0}");
        Assert.AreEqual(0, code, output);
        Assert.Contains("No errors detected", output);
    }

    [TestMethod]
    public async Task Python_reads_every_entry_with_its_checksum()
    {
        var (code, output) = await Run("/usr/bin/python3", "-c \"import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print([(i.filename, i.file_size, oct(i.external_attr>>16)) for i in z.infolist()])\" {0}");
        Assert.AreEqual(0, code, output);
        Assert.Contains("('1-local-veth0/traffic.pcap', 300000, '0o100644')", output);
    }

    [TestMethod]
    public async Task Any_range_is_that_part_of_the_whole()
    {
        var whole = await _server.Client.GetByteArrayAsync("/api/v1/jobs/job-a/dataset");
        var random = new Random(7);
        var ranges = Enumerable.Range(0, 60).Select(_ => random.Next(whole.Length)).Select(f => (From: f, To: f + random.Next(whole.Length - f))).ToList();
        ranges.AddRange([(0, 0), (0, whole.Length - 1), (whole.Length - 1, whole.Length - 1), (whole.Length - 22, whole.Length - 1)]);
        foreach (var (from, to) in ranges)
        {
            var response = await _server.Get("/api/v1/jobs/job-a/dataset", ("Range", $"bytes={from}-{to}"));
            Assert.AreEqual(206, (int)response.StatusCode);
            Assert.AreEqual($"bytes {from}-{to}/{whole.Length}", response.Content.Headers.ContentRange!.ToString());
            CollectionAssert.AreEqual(whole[from..(to + 1)], await response.Content.ReadAsByteArrayAsync(), $"{from}-{to}");
        }
    }

    [TestMethod]
    public async Task A_range_of_the_directory_reads_no_file()
    {
        var before = _server.Files.Opened;
        var response = await _server.Get("/api/v1/jobs/job-a/dataset", ("Range", "bytes=-22"));
        Assert.AreEqual("PK\u0005\u0006", Encoding.ASCII.GetString(await response.Content.ReadAsByteArrayAsync())[..4]);
        Assert.AreEqual(before, _server.Files.Opened);
    }

    [TestMethod]
    public async Task Head_tells_the_length_and_the_tag_without_content()
    {
        var head = await _server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/v1/jobs/job-a/dataset"));
        var get = await _server.Client.GetAsync("/api/v1/jobs/job-a/dataset");
        Assert.AreEqual(200, (int)head.StatusCode);
        Assert.AreEqual(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.AreEqual(get.Headers.ETag, head.Headers.ETag);
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private async Task<(int Code, string Output)> Run(string program, string arguments)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, await _server.Client.GetByteArrayAsync("/api/v1/jobs/job-a/dataset"));
            var start = new ProcessStartInfo(program, string.Format(arguments, file)) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output + await error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Inconclusive($"{program} is not installed here.");
            throw;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
