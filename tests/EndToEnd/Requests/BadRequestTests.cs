// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Requests;

/// <summary>Bad input over HTTP: each is answered with a problem that says what is wrong and where, and makes nothing.</summary>
public abstract class BadRequestTests : EndToEnd
{
    /// <param name="Body">What is sent; null members of the good job are replaced by it.</param>
    private sealed record Bad(string Name, string Body, int Status, string Code, string? Field = null, int? Position = null);

    [TestMethod]
    public async Task Each_bad_job_is_refused_with_its_problem()
    {
        await Scene.Start();
        var point = await Scene.AddPoint("file", "pcap:" + SampleFile.Write(Scene.Folder, packets: 3));
        var wrong = new StringBuilder();
        foreach (var bad in Jobs(point))
        {
            var reply = await Api.Post("jobs", bad.Body);
            if (Differs(bad, reply) is { } difference) wrong.AppendLine($"{bad.Name}: {difference}; {reply}");
        }

        Assert.AreEqual("", wrong.ToString());
        Assert.IsEmpty((await Api.Get("jobs")).As<Page<JobView>>().Items, "None made a job.");
        AJob.IsDone(await Api.Ended((await Api.Submit(AJob.On(point))).Id));
    }

    [TestMethod]
    public async Task Bodies_that_are_no_JSON_of_a_size_are_refused()
    {
        await Scene.Start();
        var large = await Api.Post("jobs", $"{{\"name\":\"{new string('x', 2 << 20)}\"}}");
        Assert.AreEqual((413, ProblemCodes.InvalidRequest), (large.Status, Code(large)), large.ToString());
        var form = await Api.Send(HttpMethod.Post, "jobs", new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.AreEqual((415, ProblemCodes.InvalidRequest), (form.Status, Code(form)), form.ToString());
        var method = await Api.Send(HttpMethod.Put, "jobs", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.AreEqual((405, ProblemCodes.InvalidRequest), (method.Status, Code(method)), method.ToString());
        var bytes = new ByteArrayContent([0x7b, 0xff, 0xfe, 0x00, 0x7d]);
        bytes.Headers.ContentType = new("application/json");
        var binary = await Api.Send(HttpMethod.Post, "jobs", bytes);
        Assert.AreEqual((400, ProblemCodes.InvalidRequest), (binary.Status, Code(binary)), binary.ToString());
        Assert.AreEqual(200, (await Api.Get("points")).Status);
    }

    [TestMethod]
    public async Task What_is_not_there_and_who_is_not_signed_in_is_told()
    {
        await Scene.Start();
        foreach (var path in new[] { "jobs/job-none", "jobs/job-none/dataset", "jobs/..%2f..%2fetc", "jobs/" + new string('x', 2000), "points/local/none", "nothing" })
        {
            var reply = await Api.Get(path);
            Assert.AreEqual((404, ProblemCodes.NotFound), (reply.Status, Code(reply)), $"{path}: {reply}");
        }

        foreach (var query in new[] { "limit=0", "limit=x", "cursor=x", "state=Nowhere" })
        {
            var reply = await Api.Get("jobs?" + query);
            Assert.AreEqual((400, ProblemCodes.InvalidRequest), (reply.Status, Code(reply)), $"{query}: {reply}");
        }

        foreach (var token in new[] { null, "wrong", new string('a', 3000) })
        {
            Api.Token = token;
            var reply = await Api.Get("jobs");
            Assert.AreEqual((401, ProblemCodes.Unauthenticated), (reply.Status, Code(reply)), reply.ToString());
        }
    }

    private static IEnumerable<Bad> Jobs(string point)
    {
        const string limits = """{"duration":"PT1S"}""";
        string With(string members) => $$"""{"points":["{{point}}"],{{members}}}""";
        string Named(string members) => With($"\"name\":\"a\",{members}");
        string Limited(string members) => Named($"\"limits\":{limits},{members}");
        yield return new("unknown point", $$"""{"name":"a","points":["local/none"],"limits":{{limits}}}""", 422, ProblemCodes.UnknownPoint, "points[0]");
        yield return new("unknown probe", $$"""{"name":"a","points":["nowhere/eth0"],"limits":{{limits}}}""", 422, ProblemCodes.UnknownPoint, "points[0]");
        yield return new("no points", $$"""{"name":"a","points":[],"limits":{{limits}}}""", 400, ProblemCodes.InvalidRequest, "points");
        yield return new("a point twice", $$"""{"name":"a","points":["{{point}}","{{point}}"],"limits":{{limits}}}""", 400, ProblemCodes.InvalidRequest, "points");
        yield return new("no point's name", $$"""{"name":"a","points":["../../etc"],"limits":{{limits}}}""", 400, ProblemCodes.InvalidRequest, "points[0]");
        yield return new("bad filter", Limited("\"filter\":\"tcp prot 443\""), 422, ProblemCodes.InvalidFilter, "filter", 4);
        yield return new("unended filter", Limited("\"filter\":\"tcp and (\""), 422, ProblemCodes.InvalidFilter, "filter");
        yield return new("NUL in the filter", Limited("\"filter\":\"tcp\\u0000\""), 422, ProblemCodes.InvalidFilter, "filter", 3);
        yield return new("filter of 100 kB", Limited($"\"filter\":\"{new string('(', 100_000)}\""), 422, ProblemCodes.FilterTooLong, "filter");
        yield return new("no limit", Named("\"limits\":{}"), 422, ProblemCodes.LimitMissing, "limits");
        yield return new("no limits at all", With("\"name\":\"a\""), 400, ProblemCodes.InvalidRequest, "limits");
        yield return new("duration of zero", Named("\"limits\":{\"duration\":\"PT0S\"}"), 422, ProblemCodes.LimitInvalid, "limits.duration");
        yield return new("duration below zero", Named("\"limits\":{\"duration\":\"-PT1S\"}"), 422, ProblemCodes.LimitInvalid, "limits.duration");
        yield return new("duration of a year", Named("\"limits\":{\"duration\":\"P366D\"}"), 422, ProblemCodes.LimitInvalid, "limits.duration");
        yield return new("no packets", Named("\"limits\":{\"packets\":0}"), 422, ProblemCodes.LimitInvalid, "limits.packets");
        yield return new("no bytes", Named("\"limits\":{\"bytes\":0}"), 422, ProblemCodes.LimitInvalid, "limits.bytes");
        yield return new("too many packets for a number", Named("\"limits\":{\"packets\":1e30}"), 400, ProblemCodes.InvalidRequest, "limits.packets");
        yield return new("duration in words", Named("\"limits\":{\"duration\":\"ten seconds\"}"), 400, ProblemCodes.InvalidRequest, "limits.duration");
        yield return new("name of 10 000 characters", With($"\"name\":\"{new string('n', 10_000)}\",\"limits\":{limits}"), 422, ProblemCodes.NameInvalid, "name");
        yield return new("empty name", With($"\"name\":\"\",\"limits\":{limits}"), 422, ProblemCodes.NameInvalid, "name");
        yield return new("name is a number", With($"\"name\":7,\"limits\":{limits}"), 400, ProblemCodes.InvalidRequest, "name");
        yield return new("name is null", With($"\"name\":null,\"limits\":{limits}"), 400, ProblemCodes.InvalidRequest, "name");
        yield return new("points is a text", $$"""{"name":"a","points":"{{point}}","limits":{{limits}}}""", 400, ProblemCodes.InvalidRequest, "points");
        yield return new("unknown member", Limited("\"colour\":\"red\""), 400, ProblemCodes.InvalidRequest, "colour");
        yield return new("unknown limit", Named("\"limits\":{\"duration\":\"PT1S\",\"frames\":3}"), 400, ProblemCodes.InvalidRequest, "limits.frames");
        yield return new("member twice", Limited("\"filter\":\"tcp\",\"filter\":\"udp\""), 400, ProblemCodes.InvalidRequest, "filter");
        yield return new("unknown processor", Limited("\"processing\":[{\"processor\":\"magic\"}]"), 422, ProblemCodes.UnknownProcessor, "processing[0].processor");
        yield return new("snaplen of zero", Limited("\"snaplen\":0"), 400, ProblemCodes.InvalidRequest, "snaplen");
        yield return new("invalid JSON", """{"name": "a" "points"}""", 400, ProblemCodes.InvalidRequest, Position: 13);
        yield return new("half of it", """{"name": "a", "points": [""", 400, ProblemCodes.InvalidRequest);
        yield return new("nothing", "", 400, ProblemCodes.InvalidRequest);
        yield return new("null", "null", 400, ProblemCodes.InvalidRequest);
        yield return new("a list", "[]", 400, ProblemCodes.InvalidRequest);
        yield return new("10 000 brackets", new string('[', 10_000), 400, ProblemCodes.InvalidRequest);
    }

    private static string? Differs(Bad bad, Reply reply)
    {
        if (reply.Status != bad.Status) return $"status {reply.Status} in place of {bad.Status}";
        if (reply.ContentType != "application/problem+json") return $"it is {reply.ContentType}";
        var problem = JsonDocument.Parse(reply.Body).RootElement;
        if (Code(reply) != bad.Code) return $"code {Code(reply)} in place of {bad.Code}";
        if (bad.Field is not null && (!problem.TryGetProperty("field", out var field) || field.GetString() != bad.Field)) return $"its field is not {bad.Field}";
        if (bad.Position is not null && (!problem.TryGetProperty("position", out var position) || position.GetInt32() != bad.Position)) return $"its position is not {bad.Position}";
        return problem.GetProperty("detail").GetString()!.Length is > 8 and < 600 ? null : "its detail says nothing or everything";
    }

    private static string? Code(Reply reply) =>
        reply.ContentType == "application/problem+json" ? JsonDocument.Parse(reply.Body).RootElement.GetProperty("code").GetString() : reply.ContentType;
}

[TestClass]
public sealed class BadRequestTestsOnServer : BadRequestTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class BadRequestTestsOnSilo : BadRequestTests
{
    protected override string Program => "tci-silo";
}
