// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.Api.Tests.SignIn;

[TestClass]
public sealed class CorsTests
{
    private const string Site = "https://page.example.org";

    [TestMethod]
    public async Task Without_origins_no_answer_speaks_of_cors()
    {
        await using var server = await Server.Start();
        Assert.IsFalse((await server.Get("/api/v1/jobs", ("Origin", Site))).Headers.Contains("Access-Control-Allow-Origin"));
        var preflight = await Preflight(server, Site);
        Assert.IsFalse(preflight.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [TestMethod]
    public async Task A_configured_site_may_ask_and_read_the_headers_it_needs()
    {
        await using var server = await Server.Start(new ApiOptions { CorsOrigins = [Site] });
        var preflight = await Preflight(server, Site);
        Assert.AreEqual(204, (int)preflight.StatusCode);
        Assert.AreEqual(Site, preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.IsFalse(preflight.Headers.Contains("Access-Control-Allow-Credentials"));
        var answer = await server.Get("/api/v1/jobs", ("Origin", Site));
        Assert.AreEqual(Site, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        StringAssert.Contains(string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")), "ETag");
    }

    [TestMethod]
    [DataRow("https://page.example.org.evil.example")]
    [DataRow("http://page.example.org")]
    [DataRow("null")]
    public async Task Another_site_may_not(string origin)
    {
        await using var server = await Server.Start(new ApiOptions { CorsOrigins = [Site] });
        Assert.IsFalse((await Preflight(server, origin)).Headers.Contains("Access-Control-Allow-Origin"));
    }

    // A browser asks without a token.
    private static Task<HttpResponseMessage> Preflight(Server server, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, new Uri(server.Address, "/api/v1/jobs"));
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,if-match");
        return new HttpClient().SendAsync(request);
    }
}
