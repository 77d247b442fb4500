// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Crashes;

/// <summary>What was done is in the audit, at whatever moment the server was killed.</summary>
public abstract class AuditKilledTests : EndToEnd
{
    private const int Rounds = 4;
    private const int OrdersARound = 25;

    [TestMethod]
    public async Task Killed_among_orders_none_that_was_carried_out_is_missing()
    {
        await Scene.Start();
        var point = await Scene.AddPoint("file", "pcap:" + SampleFile.Write(Scene.Folder, packets: 5));
        var job = (await Api.Submit(AJob.On(point) with { StartAt = DateTimeOffset.UtcNow.AddHours(1) })).Id;
        var (sent, answered) = (0, 0);
        for (var round = 1; round <= Rounds; round++)
        {
            // One after the other, so that the last that was done is the label's value.
            async Task Tell()
            {
                while (await Label(job, ++sent)) answered = sent;
            }

            var telling = Tell();
            await Eventually.Is(() => sent > round * OrdersARound, "Some orders are given.");
            await Scene.Server.Kill();
            await telling;
            await Scene.Server.Start();
            var done = int.Parse((await Api.Job(job)).Spec.Labels["n"]);
            var rows = await Rows("job.label");
            Assert.IsGreaterThanOrEqualTo(answered, done, "What was answered was done.");
            Assert.IsGreaterThanOrEqualTo(done, rows.Count(r => r.Result == "ordered"), $"Of {sent} orders {done} were carried out, {answered} answered.");
            sent = done;
        }

        var check = Scene.Server.Run("audit", "check", "--data", Scene.Server.Data);
        Assert.AreEqual(0, check.ExitCode, check.Error);
    }

    /// <summary>False once the server is gone.</summary>
    private async Task<bool> Label(JobId job, int n)
    {
        try
        {
            using var body = new StringContent($$$"""{"set":{"n":"{{{n}}}"}}""", Encoding.UTF8, "application/json");
            var reply = await Api.Send(HttpMethod.Put, $"jobs/{job}/labels", body);
            Assert.IsTrue(reply.Status is 200 or 202, reply.ToString());
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<List<AuditLine>> Rows(string action)
    {
        var reply = await Api.Get($"audit?limit=100000&action={action}");
        Assert.AreEqual(200, reply.Status, reply.ToString());
        return [.. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<AuditLine>(l, ContractJson.Options)!)];
    }
}

[TestClass]
public sealed class AuditKilledTestsOnServer : AuditKilledTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class AuditKilledTestsOnSilo : AuditKilledTests
{
    protected override string Program => "tci-silo";
}
