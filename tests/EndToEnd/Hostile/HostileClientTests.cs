// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Hostile;

/// <summary>
/// Requests made by chance of the OpenAPI document, against the real server: never a 500, never a hang, no exception behind a 503, memory bounded. A seed is
/// a session of requests; <c>TCI_API_SEEDS=FROM-TO</c> asks for others, and one alone is played again with each request shown.
/// </summary>
[TestClass]
public sealed partial class HostileClientTests : EndToEnd
{
    private const int RequestsPerSeed = 20;
    private const long MemoryBytesMax = 900L << 20;

    private static readonly string[] s_faults = ["NullReferenceException", "InvalidOperationException", "ArgumentException", "ArgumentOutOfRange", "ArgumentNull", "IndexOutOfRange", "InvalidCast", "KeyNotFound", "FormatException", "OverflowException", "JsonException", "Unhandled error"];

    protected override string Program => "tci-server";

    [TestMethod]
    public Task A_few_sessions_harm_nothing() => Play(1, 40);

    [TestMethod]
    public Task Seeds_that_are_asked_for()
    {
        var asked = Seeds().Match(Environment.GetEnvironmentVariable("TCI_API_SEEDS") ?? "");
        if (!asked.Success) Assert.Inconclusive("TCI_API_SEEDS=FROM-TO says which.");
        return Play(int.Parse(asked.Groups[1].Value), int.Parse(asked.Groups[2].Value));
    }

    private async Task Play(int from, int to)
    {
        await Scene.Start();
        await Scene.AddPoint("replay", "pcap:" + SampleFile.Write(Scene.Folder, packets: 20));
        var api = new ApiDescription((await Api.Get("/openapi/v1.json")).Text);
        var statuses = new SortedDictionary<int, int>();
        var memoryMax = 0L;
        for (var seed = from; seed <= to; seed++)
        {
            await Session(api, seed, isShown: from == to, statuses);
            memoryMax = Math.Max(memoryMax, Memory());
            Assert.IsLessThan(MemoryBytesMax, memoryMax, $"Seed {seed}: the server uses {memoryMax} bytes.");
        }

        TestContext.WriteLine($"{string.Join(", ", statuses.Select(s => $"{s.Value} x {s.Key}"))}; at most {memoryMax >> 20} MiB");
        Assert.AreEqual(200, (await Api.Get("jobs?limit=1")).Status);
    }

    private async Task Session(ApiDescription api, int seed, bool isShown, SortedDictionary<int, int> statuses)
    {
        var maker = new RequestMaker(api, Api.Token!, seed);
        for (var i = 0; i < RequestsPerSeed; i++)
        {
            var request = maker.Next();
            var log = Scene.Server.Log.Length;
            RawAnswer answer;
            try
            {
                answer = await Patiently(request);
            }
            catch (TimeoutException e)
            {
                Assert.Fail($"Seed {seed}, request {i}: {e.Message}\n{request}");
                return;
            }

            if (isShown) TestContext.WriteLine($"--- {i}: {request}\n-> {answer.Head}\n{answer.Body}");
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            if (Wrong(request, answer, log) is { } wrong) Assert.Fail($"Seed {seed}, request {i}: {wrong}\n{request}\n-> {answer.Head}\n{answer.Body}\n(TCI_API_SEEDS={seed}-{seed} plays it again)");
            if (answer.Header("Location") is { } made) maker.Learn(made[(made.LastIndexOf('/') + 1)..]);
        }
    }

    private async Task<RawAnswer> Patiently(HostileRequest request)
    {
        var answer = await RawClient.Send(Api, request);
        while (answer.Status == 429)
        {
            await Task.Delay(TimeSpan.FromSeconds(int.Parse(answer.Header("Retry-After")!)));
            answer = await RawClient.Send(Api, request);
        }

        return answer;
    }

    private string? Wrong(HostileRequest request, RawAnswer answer, int log)
    {
        if (!Scene.Server.IsUp) return "the server is gone";
        var said = Scene.Server.Log[log..];
        if (s_faults.FirstOrDefault(f => said.Contains(f, StringComparison.Ordinal)) is { } fault) return $"{fault} in the server's log:\n{said}";
        if (answer.Status == 0) return request.Sending == Sending.Whole && request.Body.Length == 0 ? "no answer" : null;
        if (answer.Status is 500 or 501 or 502 or 504 || answer.Status > 507) return $"status {answer.Status}";
        // What the web server itself refuses (a request line, a header) never reaches TCI, and has no body.
        var isOurs = answer.Status >= 400 && answer.Header("Content-Length") is not "0";
        return isOurs && answer.Header("Content-Type") != "application/problem+json" && !Encoding.ASCII.GetString(request.Head).StartsWith("HEAD ", StringComparison.Ordinal)
            ? "an error that is no problem document"
            : null;
    }

    private long Memory()
    {
        var server = Scene.Processes.All().Select(p => p.Id).First(id => File.ReadAllText($"/proc/{id}/comm").StartsWith("tci-server", StringComparison.Ordinal));
        return long.Parse(Resident().Match(File.ReadAllText($"/proc/{server}/status")).Groups[1].Value) << 10;
    }

    [GeneratedRegex(@"^(\d+)-(\d+)$")]
    private static partial Regex Seeds();

    [GeneratedRegex(@"VmRSS:\s+(\d+) kB")]
    private static partial Regex Resident();
}
