// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Health;

[TestClass]
public sealed class HealthTests
{
    [TestMethod]
    public async Task It_is_live_and_ready_until_the_store_fails()
    {
        await using var server = await Server.Start();
        using var client = new HttpClient { BaseAddress = server.Address };
        Assert.AreEqual("""{"status":"live"}""", await client.GetStringAsync("/healthz"));
        Assert.AreEqual("""{"status":"ready"}""", await client.GetStringAsync("/readyz"));
        server.Sql("DROP TABLE data_sets; DROP TABLE events; DROP TABLE jobs");
        Assert.AreEqual(200, (int)(await client.GetAsync("/healthz")).StatusCode);
        await Server.Problem(await client.GetAsync("/readyz"), 503, ProblemCodes.StoreUnavailable);
    }

    [TestMethod]
    public async Task The_front_page_says_what_this_is_and_where_the_api_is()
    {
        await using var server = await Server.Start();
        var response = await server.Get("/");
        Assert.AreEqual("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("/openapi/v1.json", await response.Content.ReadAsStringAsync());
    }
}
