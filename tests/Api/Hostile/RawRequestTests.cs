// SPDX-License-Identifier: BSD-3-Clause
using System.Net.Sockets;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Api.Tests.Hostile;

/// <summary>What no library sends: tricks with headers, paths and ranges, bodies that trickle, connections that break.</summary>
[TestClass]
public sealed class RawRequestTests
{
    private const string File = "/api/v1/jobs/job-a/files/flow.csv";
    private static Server s_server = null!;

    private static string Token => $"Authorization: Bearer {s_server.Token}\r\n";

    [ClassInitialize]
    public static async Task Start(TestContext context)
    {
        s_server = await Server.Start();
        await Samples.Store(s_server, JobState.Done, dataSet: Samples.DataSet(s_server.Files, ("flow.csv", Samples.Bytes(100_000, 1))));
    }

    [ClassCleanup]
    public static async Task Stop()
    {
        await s_server.GetJson("/api/v1/jobs");
        Assert.IsFalse(s_server.Logs.Lines.Any(l => l.Id == 4001), "A fault was logged.");
        await s_server.DisposeAsync();
    }

    [TestMethod]
    [DataRow("..%2f..%2f..%2fetc/passwd")]
    [DataRow("%2fetc%2fpasswd")]
    [DataRow("//etc/passwd")]
    [DataRow("flow.csv%00")]
    [DataRow("flow.csv%00.txt")]
    [DataRow("..%5c..%5cflow.csv")]
    [DataRow("%c0%ae%c0%ae/flow.csv")]
    [DataRow("./flow.csv/.")]
    [DataRow("FLOW.CSV")]
    [DataRow("flow.csv/")]
    [DataRow("%252e%252e/flow.csv")]
    public async Task A_path_that_the_manifest_does_not_have_is_refused_before_a_probe_is_asked(string path)
    {
        var before = s_server.Files.Opened;
        var answer = await Ask($"GET /api/v1/jobs/job-a/files/{path} HTTP/1.1\r\nHost: x\r\n{Token}");
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        Assert.AreEqual(before, s_server.Files.Opened);
    }

    [TestMethod]
    public async Task A_path_of_seven_kilobytes_is_404_and_one_of_nine_is_414()
    {
        StringAssert.StartsWith(await Ask($"GET /api/v1/jobs/job-a/files/{new string('a', 7000)} HTTP/1.1\r\nHost: x\r\n{Token}"), "HTTP/1.1 404");
        StringAssert.StartsWith(await Ask($"GET /api/v1/jobs/job-a/files/{new string('a', 9000)} HTTP/1.1\r\nHost: x\r\n{Token}"), "HTTP/1.1 414");
    }

    // RFC 9110, section 14.2: what cannot be read as ranges is as if it were not there; several may be answered with the whole.
    [TestMethod]
    [DataRow("bytes=0-18446744073709551616", "200|206|416")]
    [DataRow("bytes=99999999999999999999-", "200|416")]
    [DataRow("bytes=-99999999999999999999", "200|206|416")]
    [DataRow("bytes=--5", "200")]
    [DataRow("bytes=5-1", "200|416")]
    [DataRow("bytes=abc", "200")]
    [DataRow("bytes=", "200")]
    [DataRow("octets=0-1", "200")]
    [DataRow("bytes=0-0,2-2", "200")]
    [DataRow("MANY", "200")]
    public async Task Strange_ranges_give_the_whole_or_are_refused(string range, string statuses)
    {
        if (range == "MANY") range = "bytes=" + string.Join(',', Enumerable.Range(0, 1500).Select(i => $"{i}-"));
        var answer = await Ask($"GET {File} HTTP/1.1\r\nHost: x\r\n{Token}Range: {range}\r\n");
        Assert.IsTrue(statuses.Split('|').Contains(answer[9..12]), answer[..Math.Min(400, answer.Length)]);
        if (answer[9..12] == "200") StringAssert.Contains(answer, "Content-Length: 100000\r\n");
    }

    [TestMethod]
    [DataRow("Content-Length: 5\r\nContent-Length: 6\r\n")]
    [DataRow("Content-Length: -1\r\n")]
    [DataRow("Content-Length: 99999999999999999999\r\n")]
    [DataRow("X-A: b\0c\r\n")]
    [DataRow("X A: b\r\n")]
    [DataRow("X-A: b\r\n folded\r\n")]
    public async Task Headers_that_can_be_read_two_ways_are_400(string headers) =>
        StringAssert.StartsWith(await Ask($"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\n{Token}Content-Type: application/json\r\n{headers}", "{}"), "HTTP/1.1 400");

    // RFC 9112, section 6.3: chunked wins, and the connection is not used again.
    [TestMethod]
    public async Task A_length_beside_chunks_smuggles_nothing()
    {
        var answer = await Ask($"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\n{Token}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.DoesNotContain("live", answer);
    }

    [TestMethod]
    public async Task More_headers_than_the_server_takes_are_431()
    {
        StringAssert.StartsWith(await Ask($"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: {new string('a', 40_000)}\r\n"), "HTTP/1.1 431");
        StringAssert.StartsWith(await Ask($"GET /healthz HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 150).Select(i => $"X-{i}: a\r\n"))}"), "HTTP/1.1 431");
    }

    [TestMethod]
    public async Task Two_tokens_are_none() =>
        StringAssert.StartsWith(await Ask($"GET /api/v1/jobs HTTP/1.1\r\nHost: x\r\n{Token}{Token}"), "HTTP/1.1 401");

    [TestMethod]
    public async Task A_body_of_two_megabytes_is_413_for_a_client_that_sends_it_all_first()
    {
        var body = "{\"name\":\"" + new string('x', 2 << 20) + "\"}";
        var answer = await Ask($"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\n{Token}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n", body);
        StringAssert.StartsWith(answer, "HTTP/1.1 413");
        StringAssert.Contains(answer, "application/problem+json");
    }

    [TestMethod]
    public async Task A_long_body_without_a_token_is_401_and_not_a_broken_connection()
    {
        var body = new string(' ', 2 << 20);
        StringAssert.StartsWith(await Ask($"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n", body), "HTTP/1.1 401");
    }

    [TestMethod]
    public async Task A_body_that_trickles_is_ended_by_the_server()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(s_server.Address.Host, s_server.Address.Port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\n{Token}Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"), patience.Token);
        var reading = stream.ReadAsync(new byte[4096], patience.Token).AsTask();
        try
        {
            while (!reading.IsCompleted)
            {
                await stream.WriteAsync("{"u8.ToArray(), patience.Token);
                await Task.WhenAny(reading, Task.Delay(300, patience.Token));
            }
        }
        catch (IOException)
        {
            // Closed hard.
        }

        Assert.IsFalse(patience.IsCancellationRequested, "The server reads a trickle for ever.");
    }

    [TestMethod]
    public async Task Hundreds_of_connections_that_break_in_the_middle_leave_nothing()
    {
        var half = Encoding.ASCII.GetBytes($"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\n{Token}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{\"na");
        for (var i = 0; i < 300; i++)
        {
            using var client = new TcpClient { LingerState = new LingerOption(true, 0) };
            await client.ConnectAsync(s_server.Address.Host, s_server.Address.Port);
            await client.GetStream().WriteAsync(half.AsMemory(0, half.Length * (i % 10) / 10));
        }

        await s_server.GetJson("/api/v1/jobs");
    }

    [TestMethod]
    public async Task Every_wrong_token_is_the_same_401()
    {
        var answers = new HashSet<string>();
        foreach (var token in new[] { s_server.Token[..^1], s_server.Token + "x", s_server.Token.ToUpperInvariant(), "tci_" + new string('a', 32), "' OR 1=1 --", new string('t', 5000) })
        {
            var answer = await Ask($"GET /api/v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n");
            StringAssert.StartsWith(answer, "HTTP/1.1 401");
            answers.Add(answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]);
        }

        Assert.HasCount(1, answers);
    }

    [TestMethod]
    [DataRow("owner")]
    [DataRow("label")]
    [DataRow("text")]
    [DataRow("cursor")]
    [DataRow("point")]
    [DataRow("state")]
    public async Task Sql_in_a_parameter_is_text(string parameter)
    {
        foreach (var sql in new[] { "' OR '1'='1", "'; DROP TABLE jobs; --", "x' UNION SELECT id FROM jobs --", "%' ESCAPE '", "\\'; --" })
        {
            var response = await s_server.Get($"/api/v1/jobs?{parameter}={Uri.EscapeDataString(sql)}");
            Assert.IsTrue((int)response.StatusCode is 200 or 400, sql);
            if ((int)response.StatusCode == 200) Assert.IsEmpty((await Server.Json(response))["items"]!.AsArray(), sql);
        }

        Assert.HasCount(1, (await s_server.GetJson("/api/v1/jobs"))["items"]!.AsArray());
    }

    private static Task<string> Ask(string head, string body = "") => RawHttp.Send(s_server.Address, head + "Connection: close\r\n\r\n" + body);
}
