// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Accounts;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>Who (an account or a group), what (a role or capabilities), where (a point, a group of points, or everything where neither is given).</summary>
/// <param name="PayloadBytesMax">With the right to create: so many bytes of each packet at most, 14 to 262144.</param>
/// <param name="Anonymised">With the right to create: only anonymised.</param>
public sealed record GrantRequest(
    string? Account = null,
    string? Group = null,
    string? Role = null,
    IReadOnlyList<Capability>? Capabilities = null,
    PointId? Point = null,
    string? PointGroup = null,
    int? PayloadBytesMax = null,
    bool Anonymised = false);

/// <summary>Shows grants, adds them and takes them away.</summary>
internal sealed class GrantCommands(IGrants grants, IAccounts accounts, IGroups groups, CommandAudit audit, RequestBody body, RightsCache rights, TimeProvider clock)
{
    private const string First = Grant.IdPrefix + AccountCommands.First;

    public async Task<IResult> List() => Results.Json(new Page<Grant>(await grants.Grants(), null), ContractJson.Options);

    public async Task<IResult> Add(HttpContext http)
    {
        var request = await body.Read<GrantRequest>(http);
        if (!request.Ok) return request.Problem.ToResult();
        if (Wrong(request.Value) is { } wrong) return wrong.ToResult();
        if (await Missing(request.Value) is { } missing) return missing.ToResult();
        var grant = Make(request.Value, http.SignedIn().Caller);
        await grants.Add(grant, audit.Entry(http, grant.Id, Told(grant)));
        rights.Forget();
        return Results.Json(grant, ContractJson.Options, statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> Remove(string id, HttpContext http)
    {
        if (id == First) return new Problem(ProblemCodes.Conflict, "The grant of the first administrator stays: nobody could let anyone in again.").ToResult();
        var removed = await grants.Remove(id, audit.Entry(http, id));
        if (!removed) return new Problem(ProblemCodes.NotFound, $"There is no grant {ProblemResults.Shown(id)}.").ToResult();
        rights.Forget();
        return Results.NoContent();
    }

    private static Problem? Wrong(GrantRequest request)
    {
        if (request.Account is null == request.Group is null) return Bad("Exactly one of 'account' and 'group' is given.", "account");
        if (request.Role is null == request.Capabilities is not { Count: > 0 }) return Bad("Exactly one of 'role' and 'capabilities' is given.", "role");
        if (request.Role is { } role && !Roles.Knows(role)) return Bad($"There is no such role. There are: {string.Join(", ", Roles.All.Select(r => r.Name))}.", "role");
        if (request.Point is not null && request.PointGroup is not null) return Bad("At most one of 'point' and 'pointGroup' is given; neither is everything.", "point");
        return request.PayloadBytesMax is < 14 or > 262_144 ? Bad("'payloadBytesMax' is 14 to 262144.", "payloadBytesMax") : null;
    }

    /// <summary>A name with a slip in it must not wait for someone to come along who has it.</summary>
    private async Task<Problem?> Missing(GrantRequest request)
    {
        if (request.Account is { } account && await accounts.Account(account) is null) return Bad($"There is no account {ProblemResults.Shown(account)}.", "account");
        if (request.Group is { } group && await groups.Group(GroupKind.Accounts, group) is null) return Bad($"There is no group {ProblemResults.Shown(group)}; PUT /api/v1/groups/NAME makes it.", "group");
        if (request.PointGroup is { } points && await groups.Group(GroupKind.Points, points) is null)
            return Bad($"There is no group of points {ProblemResults.Shown(points)}; PUT /api/v1/point-groups/NAME makes it.", "pointGroup");
        return null;
    }

    private Grant Make(GrantRequest request, Caller by) => new()
    {
        Id = Grant.IdPrefix + IdCharacters.Of(by.Name, null),
        Account = request.Account,
        Group = request.Group,
        Role = request.Role,
        Capabilities = request.Capabilities ?? [],
        Point = request.Point,
        PointGroup = request.PointGroup,
        PayloadBytesMax = request.PayloadBytesMax,
        Anonymised = request.Anonymised,
        Created = clock.GetUtcNow(),
        CreatedBy = by.Name,
    };

    private static string Told(Grant grant) =>
        $"{grant.Role ?? string.Join("+", grant.Capabilities)} to {grant.Account ?? $"group {grant.Group}"} on {grant.Point?.Value ?? (grant.PointGroup is null ? "everything" : $"points {grant.PointGroup}")}";

    private static Problem Bad(string message, string field) => new(ProblemCodes.InvalidRequest, message, Field: field);
}
