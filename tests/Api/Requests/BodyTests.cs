// SPDX-License-Identifier: BSD-3-Clause
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tci.Contracts;

namespace Tci.Api.Tests.Requests;

[TestClass]
public sealed class BodyTests
{
    private static Server s_server = null!;

    [ClassInitialize]
    public static async Task Start(TestContext context) => s_server = await Server.Start();

    [ClassCleanup]
    public static async Task Stop() => await s_server.DisposeAsync();

    [TestMethod]
    [DataRow("""{"name":"n","points":["a/b"],"limits":{},"colour":"red"}""", "colour", "There is no member 'colour'")]
    [DataRow("""{"name":"n","points":["a/b"],"limits":{"duration":"PT1S","hours":2}}""", "limits.hours", "There is no member 'hours'")]
    [DataRow("""{"name":"n","limits":{}}""", "points", "Missing: 'points'")]
    [DataRow("""{}""", "name", "Missing: 'name', 'points', 'limits'")]
    [DataRow("""{"name":7,"points":["a/b"],"limits":{}}""", "name", "wrong type")]
    [DataRow("""{"name":null,"points":["a/b"],"limits":{}}""", "name", "must not be null")]
    [DataRow("""{"name":"n","points":"a/b","limits":{}}""", "points", "wrong type")]
    [DataRow("""{"name":"n","points":["ab"],"limits":{}}""", "points[0]", "'ab' is not the form of a PointId")]
    [DataRow("""{"name":"n","points":["a/b"],"limits":{"duration":"10 seconds"}}""", "limits.duration", "ISO 8601")]
    [DataRow("""{"name":"n","points":["a/b"],"limits":{"duration":"P1Y"}}""", "limits.duration", "ISO 8601")]
    [DataRow("""{"name":"n","points":["a/b"],"limits":{"bytes":"5"}}""", "limits.bytes", "wrong type")]
    [DataRow("""{"name":"n","points":["a/b"],"limits":{"bytes":1e300}}""", "limits.bytes", "wrong type")]
    [DataRow("""{"name":"n","points":["a/b"],"limits":{"bytes":99999999999999999999}}""", "limits.bytes", "wrong type")]
    [DataRow("""{"name":"n","points":["a/b"],"limits":{},"snaplen":1.5}""", "snaplen", "wrong type")]
    [DataRow("""{"name":"n","points":["a/b"],"limits":{},"startAt":"tomorrow"}""", "startAt", "wrong type")]
    [DataRow("""{"name":"n","name":"m","points":["a/b"],"limits":{}}""", "name", "is there twice")]
    [DataRow("""{"name":"\ud800","points":["a/b"],"limits":{}}""", "name", "")]
    public async Task What_is_wrong_is_said_with_its_field(string body, string field, string said)
    {
        var problem = await Server.Problem(await s_server.Post("/api/v1/jobs", body), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(field, (string?)problem["field"], problem.ToString());
        Assert.Contains(said, (string)problem["detail"]!);
        AssertNoTypes(problem);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("\"text\"")]
    [DataRow("{")]
    [DataRow("{\"name\":\"n\",}")]
    [DataRow("{'name':'n'}")]
    [DataRow("NaN")]
    [DataRow("{} {}")]
    [DataRow("\u0000")]
    public async Task What_is_no_json_object_is_refused(string body) =>
        AssertNoTypes(await Server.Problem(await s_server.Post("/api/v1/jobs", body), 400, ProblemCodes.InvalidRequest));

    [TestMethod]
    public async Task The_position_of_bad_json_is_its_byte_offset_over_all_lines()
    {
        var problem = await Server.Problem(await s_server.Post("/api/v1/jobs", "{\n \"name\": \"ž\",\n !"), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(18, (int)problem["position"]!);
    }

    [TestMethod]
    public async Task Json_nested_too_deep_is_refused()
    {
        var deep = new string('[', 5000) + new string(']', 5000);
        var body = """{"name":"n","points":["a/b"],"limits":{},"processing":[{"processor":"flows","parameters":""" + deep + "}]}";
        await Server.Problem(await s_server.Post("/api/v1/jobs", body), 400, ProblemCodes.InvalidRequest);
    }

    [TestMethod]
    public async Task Bytes_that_are_no_utf8_are_refused()
    {
        var content = new ByteArrayContent([.. """{"name":" """u8, 0xff, 0xfe, .. "\",\"points\":[\"a/b\"],\"limits\":{}}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        await Server.Problem(await s_server.Client.PostAsync("/api/v1/jobs", content), 400, ProblemCodes.InvalidRequest);
    }

    [TestMethod]
    [DataRow("text/plain")]
    [DataRow("application/x-www-form-urlencoded")]
    [DataRow("application/json; charset=utf-16")]
    [DataRow(null)]
    public async Task Another_content_type_is_415(string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Samples.JobBody));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        await Server.Problem(await s_server.Client.PostAsync("/api/v1/jobs", content), 415, ProblemCodes.InvalidRequest);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_body_over_a_mebibyte_is_413_with_or_without_its_length_told(bool isChunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/jobs") { Content = new StringContent(new string(' ', (1024 * 1024) + 1), Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = isChunked;
        // So that the server can answer before the client has sent it all.
        request.Headers.ExpectContinue = true;
        await Server.Problem(await s_server.Client.SendAsync(request), 413, ProblemCodes.InvalidRequest);
    }

    [TestMethod]
    public async Task A_body_of_exactly_a_mebibyte_is_read()
    {
        var body = "{}" + new string(' ', (1024 * 1024) - 2);
        await Server.Problem(await s_server.Post("/api/v1/jobs", body), 400, ProblemCodes.InvalidRequest);
    }

    [TestMethod]
    public async Task A_body_that_is_cut_off_harms_nobody()
    {
        using (var client = new System.Net.Sockets.TcpClient())
        {
            await client.ConnectAsync(s_server.Address.Host, s_server.Address.Port);
            var half = $"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {s_server.Token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"name\"";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half));
        }

        await s_server.GetJson("/api/v1/points");
        Assert.IsFalse(s_server.Logs.Lines.Any(l => l.Id == 4001));
    }

    private static void AssertNoTypes(JsonNode problem)
    {
        foreach (var inner in new[] { "System.", "Tci.", "Contracts", "LineNumber", "$." }) Assert.DoesNotContain(inner, (string)problem["detail"]!);
    }
}
