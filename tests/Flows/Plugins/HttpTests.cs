// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Plugins;

[TestClass]
public sealed class HttpTests
{
    private const int Push = 0x18;

    [TestMethod]
    public void A_request_and_its_response_fill_one_flow()
    {
        var flows = Export.Of(
            Request("GET /a?b HTTP/1.1\r\nHost: h\r\nUser-Agent: \"q\",x\r\nReferer: r\r\n\r\n"),
            Response("HTTP/1.1 404 Not Found\r\nServer: s\r\nContent-Type: text/html\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nbody"));
        var expected = new Dictionary<string, string>
        {
            ["METHOD"] = "GET",
            ["URL"] = "/a?b",
            ["HOST"] = "h",
            ["AGENT"] = "\"q\",x",
            ["REFERER"] = "r",
        };
        foreach (var (name, value) in expected)
            Assert.AreEqual(value, flows["HTTP_REQUEST_" + name]);
        Assert.AreEqual("404", flows["HTTP_RESPONSE_STATUS_CODE"]);
        Assert.AreEqual("s", flows["HTTP_RESPONSE_SERVER"]);
        Assert.AreEqual("text/html", flows["HTTP_RESPONSE_CONTENT_TYPE"]);
        Assert.AreEqual("a;b", flows["HTTP_RESPONSE_SET_COOKIE_NAMES"]);
    }

    [TestMethod]
    public void A_second_request_splits_the_flow_where_the_first_one_ended()
    {
        var flows = Export.Of(Request("GET /1 HTTP/1.1\r\n\r\n"), Response("HTTP/1.1 200 OK\r\n\r\n"), Request("PUT /2 HTTP/1.1\r\n\r\n"));
        CollectionAssert.AreEqual(new[] { "/1", "/2" }, flows.Column("HTTP_REQUEST_URL"));
        var second = flows.Rows.Single(row => row["HTTP_REQUEST_URL"] == "/2");
        Assert.AreEqual("2023-11-14T22:13:20.001000", second["TIME_FIRST"], "the time of the response before it");
        Assert.AreEqual("1", second["PACKETS"]);
    }

    [TestMethod]
    public void A_header_block_over_two_packets_is_not_told_in_compatible_mode()
    {
        var flows = Export.Of(Request("GET /1 HTTP/1.1\r\nHost: h\r\nUser-"), Request("Agent: x\r\n\r\n"));
        Assert.AreEqual("", flows["HTTP_REQUEST_HOST"]);
        Assert.AreEqual("", flows["HTTP_REQUEST_METHOD"]);
    }

    [TestMethod]
    public void Long_values_are_cut_and_names_are_case_sensitive()
    {
        var flows = Export.Of(Request($"PROPFIND /{new string('u', 300)} HTTP/1.1\r\nHost: {new string('h', 100)}\r\nuser-agent: x\r\n\r\n"));
        Assert.AreEqual("PROPFIND", flows["HTTP_REQUEST_METHOD"]);
        Assert.AreEqual(127, flows["HTTP_REQUEST_URL"].Length);
        Assert.AreEqual(63, flows["HTTP_REQUEST_HOST"].Length);
        Assert.AreEqual("", flows["HTTP_REQUEST_AGENT"]);
    }

    /// <summary>A line feed inside a target is a blank in the file, and nothing where the cut is behind it.</summary>
    [TestMethod]
    public void A_line_feed_where_a_text_is_cut_is_dropped()
    {
        var flow = Export.Of(Frames.TcpFrame(1, 80, 0x18, $"GET /{new string('u', 125)}\nmore HTTP/1.1\r\n\r\n"));
        Assert.AreEqual("/" + new string('u', 125), flow["HTTP_REQUEST_URL"]);
        Assert.AreEqual("/a b", Export.Of(Frames.TcpFrame(1, 80, 0x18, "GET /a\nb HTTP/1.1\r\n\r\n"))["HTTP_REQUEST_URL"]);
    }

    private static byte[] Request(string text) => Frames.TcpFrame(9, 80, Push, text);

    private static byte[] Response(string text) => Frames.TcpAnswer(80, 9, Push, text);
}
