// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Tci.Contracts;

namespace Tci.Api.Tests.Rights;

/// <summary>What a schedule asks before it starts a job: the rights its owner has by then.</summary>
[TestClass]
public sealed class CreationRightsTests
{
    private static readonly JobSpec s_plain = Samples.Spec();
    private static readonly JobSpec s_short = s_plain with { Snaplen = 96 };
    private static readonly JobSpec s_anonymised = s_plain with { Anonymise = new JobAnonymisation { Key = "campus" } };

    private static Task<Answer<Nothing>> Check(Server server, JobSpec spec) => server.Services.GetRequiredService<ICreationRights>().Check("bob", spec);

    [TestMethod]
    [DataRow("\"role\":\"member\"", true, true, true)]
    [DataRow("\"role\":\"member\",\"point\":\"local/veth0\"", true, true, true)]
    [DataRow("\"role\":\"member\",\"point\":\"local/veth9\"", false, false, false)]
    [DataRow("\"role\":\"viewer\"", false, false, false)]
    [DataRow("\"role\":\"member\",\"payloadBytesMax\":128", false, true, false)]
    [DataRow("\"role\":\"member\",\"anonymised\":true", false, false, true)]
    public async Task It_is_what_a_request_to_create_would_meet(string grant, bool plain, bool shortened, bool anonymised)
    {
        await using var server = await Server.Start();
        using var bob = await server.Add("bob", grant);
        foreach (var (spec, may) in new[] { (s_plain, plain), (s_short, shortened), (s_anonymised, anonymised) })
        {
            var answer = await Check(server, spec);
            Assert.AreEqual(may ? null : ProblemCodes.Forbidden, answer.Problem?.Code, spec.ToString());
        }
    }

    [TestMethod]
    public async Task What_is_taken_away_counts_at_the_next_start()
    {
        await using var server = await Server.Start();
        using var bob = await server.Add("bob");
        var grant = await server.Grant("""{"account":"bob","role":"member"}""");
        Assert.IsTrue((await Check(server, s_plain)).Ok);
        await server.Send(HttpMethod.Delete, $"/api/v1/grants/{grant}");
        Assert.Contains("local/veth0", (await Check(server, s_plain)).Problem!.Message);
        await server.Grant("""{"account":"bob","role":"member"}""");
        await server.Send(HttpMethod.Put, "/api/v1/accounts/bob", """{"disabled":true}""");
        Assert.Contains("disabled", (await Check(server, s_plain)).Problem!.Message);
    }
}
