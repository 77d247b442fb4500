// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Files;

[TestClass]
public sealed class BrokenDownloadTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start(new ApiOptions { FileOpenDeadline = TimeSpan.FromMilliseconds(300), FileReadDeadline = TimeSpan.FromMilliseconds(300) });
        var dataSet = Samples.DataSet(_server.Files, ("flow.csv", Samples.Bytes(2_000_000, 1)), ("traffic.pcap", Samples.Bytes(4_000_000, 2)));
        await Samples.Store(_server, JobState.Done, dataSet: dataSet);
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    private static string Key(string path) => FakeFiles.Key(Samples.Capture, "data/" + path);

    [TestMethod]
    [DataRow("dataset")]
    [DataRow("files/traffic.pcap")]
    public async Task A_missing_file_is_503_before_the_first_byte(string path)
    {
        _server.Files.Content.TryRemove(Key("traffic.pcap"), out _);
        var response = await _server.Get("/api/v1/jobs/job-a/" + path);
        var problem = await Server.Problem(response, 503, ProblemCodes.CaptureLost);
        Assert.Contains("traffic.pcap", (string)problem["detail"]!);
        Assert.IsFalse(response.Headers.Contains("Repr-Digest") || response.Headers.Contains("ETag"));
    }

    [TestMethod]
    [DataRow("dataset")]
    [DataRow("files/traffic.pcap")]
    public async Task A_short_file_is_503_before_the_first_byte(string path)
    {
        _server.Files.Content[Key("traffic.pcap")] = Samples.Bytes(3_999_999, 2);
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a/" + path), 503, ProblemCodes.CaptureLost);
    }

    [TestMethod]
    public async Task A_part_that_does_not_need_the_missing_file_is_served()
    {
        _server.Files.Content.TryRemove(Key("traffic.pcap"), out _);
        var response = await _server.Get("/api/v1/jobs/job-a/dataset", ("Range", "bytes=0-1999999"));
        Assert.AreEqual(206, (int)response.StatusCode);
        Assert.HasCount(2_000_000, await response.Content.ReadAsByteArrayAsync());
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a/dataset", ("Range", "bytes=0-3000000")), 503, ProblemCodes.CaptureLost);
    }

    [TestMethod]
    public async Task A_probe_that_is_away_is_503()
    {
        _server.Files.Problem = new Problem(ProblemCodes.Unreachable, "away");
        var response = await _server.Get("/api/v1/jobs/job-a/dataset");
        await Server.Problem(response, 503, ProblemCodes.Unreachable);
        Assert.IsNotNull(response.Headers.RetryAfter);
    }

    [TestMethod]
    public async Task A_probe_that_never_sends_is_503_after_the_deadline()
    {
        _server.Files.Wrap = _ => new Stuck();
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a/dataset"), 503, ProblemCodes.Unreachable);
    }

    [TestMethod]
    [DataRow("dataset")]
    [DataRow("files/traffic.pcap")]
    public async Task A_file_that_fails_in_the_middle_cuts_the_connection_and_never_ends_well(string path)
    {
        _server.Files.Wrap = s => new FailsAfter(s, 1_000_000);
        var response = await _server.Get("/api/v1/jobs/job-a/" + path);
        Assert.AreEqual(200, (int)response.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync());
        Assert.IsTrue(_server.Logs.Lines.Any(l => l.Id == 4003));
    }

    [TestMethod]
    public async Task A_client_that_leaves_in_the_middle_is_no_fault()
    {
        using (var response = await _server.Get("/api/v1/jobs/job-a/dataset"))
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[1000]);
        await _server.GetJson("/api/v1/points");
        Assert.IsFalse(_server.Logs.Lines.Any(l => l.Id == 4001));
    }

    private sealed class Stuck : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    /// <summary>Reads as it should until so many bytes of it were read, then fails as a broken connection to a probe would.</summary>
    private sealed class FailsAfter(Stream inner, long count) : MemoryStream
    {
        private long _read;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            return (_read += read) <= count ? read : throw new IOException("The connection to the probe broke.");
        }
    }
}
