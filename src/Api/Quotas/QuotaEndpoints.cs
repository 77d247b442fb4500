// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.Audit;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Quotas;

/// <summary>What accounts and groups may have at one time. They are kept where a job is created.</summary>
internal static class QuotaEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var quotas = api.MapGroup("/quotas").WithTags("people");
        quotas.MapGet("", List)
            .NeedsSignIn()
            .WithName("listQuotas").WithSummary("The quotas that hold for oneself, with what is used of them; for administrators all.")
            .Produces<Page<QuotaView>>().Fails(503);
        quotas.MapPut("", Put)
            .NeedsEverywhere(Capability.Administer).Commands("quota.put")
            .WithName("putQuota").WithSummary("Sets the quota of an account or a group. One without any limit is taken away.")
            .WithDescription("What is used already stays: a quota below it lets nothing new in. With a quota of bytes every job needs a limit of bytes.")
            .Accepts<Quota>("application/json").Produces<Quota>().Fails(400, 413, 415, 503);
    }

    private static async Task<IResult> List(HttpContext http, IQuotas quotas)
    {
        var rights = http.Rights();
        var all = rights.MayEverywhere(Capability.Administer) ? await quotas.Quotas() : await quotas.Of(rights.Account);
        return Results.Json(new Page<QuotaView>(all, null), ContractJson.Options);
    }

    private static async Task<IResult> Put(HttpContext http, IQuotas quotas, IAccounts accounts, IGroups groups, RequestBody body, CommandAudit audit)
    {
        var request = await body.Read<Quota>(http);
        if (!request.Ok) return request.Problem.ToResult();
        var quota = request.Value;
        if (quota.Account is null == quota.Group is null) return Bad("Exactly one of 'account' and 'group' is given.", "account");
        if (quota.Account is { } account && await accounts.Account(account) is null) return Bad($"There is no account {ProblemResults.Shown(account)}.", "account");
        if (quota.Group is { } group && await groups.Group(GroupKind.Accounts, group) is null) return Bad($"There is no group {ProblemResults.Shown(group)}.", "group");
        if (quota.BytesMax < 0 || quota.JobsMax < 0 || quota.CapturesMax < 0) return Bad("A quota is 0 or more.", null);
        var told = $"bytes {quota.BytesMax}, jobs {quota.JobsMax}, captures {quota.CapturesMax}";
        await quotas.Put(quota, audit.Entry(http, quota.Account is null ? $"quotas/group/{quota.Group}" : $"quotas/account/{quota.Account}", told));
        return Results.Json(quota, ContractJson.Options);
    }

    private static IResult Bad(string message, string? field) => new Problem(ProblemCodes.InvalidRequest, message, Field: field).ToResult();
}
