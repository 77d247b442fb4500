// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.Tests.Rights;
using Tci.Contracts;

namespace Tci.Api.Tests.Holds;

[TestClass]
public sealed class HoldTests
{
    [TestMethod]
    public async Task The_owner_holds_and_releases_ones_own_and_cannot_release_what_another_holds()
    {
        await using var server = await Server.Start();
        await Samples.Store(server, JobState.Done);
        JobHold? hold = null;
        server.Grains.OnOrder = async (_, request) =>
        {
            hold = request is HoldJob asked ? new JobHold(asked.By.Name, Samples.Noon, asked.Reason) : null;
            var view = Samples.View(JobState.Done, (await server.Catalog.Job(Samples.Job))!.Version + 1) with { Hold = hold };
            await server.Jobs.Record(view, null, [], null);
            return view;
        };
        using var ann = await server.Add("ann");
        using var responder = await server.Add("rob", "\"role\":\"responder\"");
        using var viewer = await server.Add("vic", "\"role\":\"viewer\"");
        const string path = "/api/v1/jobs/job-a/hold";
        Assert.AreEqual(403, (int)(await viewer.Send("PUT", path, """{"reason":"why not"}""")).StatusCode);
        Assert.AreEqual(200, (int)(await ann.Send("PUT", path, """{"reason":"mine"}""")).StatusCode);
        Assert.AreEqual(200, (int)(await ann.Send("DELETE", path)).StatusCode);
        var held = await Server.Json(await responder.Send("PUT", path, """{"reason":"incident 17"}"""));
        Assert.AreEqual("rob", (string?)held["hold"]!["by"]);
        await Server.Problem(await ann.Send("DELETE", path), 403, ProblemCodes.Forbidden);
        Assert.AreEqual(200, (int)(await responder.Send("DELETE", path)).StatusCode);
        Assert.Contains("incident 17", string.Join('\n', server.Dump("audit")));
        CollectionAssert.IsSubsetOf(new[] { "rob job.hold job-a accepted", "ann job.release job-a forbidden", "rob job.release job-a accepted" }, server.Audit());
    }
}
