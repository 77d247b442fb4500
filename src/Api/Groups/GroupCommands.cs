// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Accounts;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Groups;

/// <param name="Members">Names of accounts, or ids of points; at most 10000. They need not exist yet.</param>
public sealed record GroupRequest(IReadOnlyList<string> Members);

/// <summary>Shows groups of one kind, makes them and takes them away.</summary>
internal sealed class GroupCommands(IGroups groups, CommandAudit audit, RequestBody body, RightsCache rights)
{
    private const int MembersMax = 10_000;
    private const int MemberLengthMax = 300;

    public async Task<IResult> List(GroupKind kind) => Results.Json(new Page<GroupView>(await groups.Groups(kind), null), ContractJson.Options);

    public async Task<IResult> Put(GroupKind kind, string name, HttpContext http)
    {
        var request = await body.Read<GroupRequest>(http);
        if (!request.Ok) return request.Problem.ToResult();
        if (!AccountNames.IsValid(name)) return AccountNames.Bad("a group").ToResult();
        if (Wrong(kind, request.Value.Members) is { } problem) return problem.ToResult();
        var group = await groups.Put(kind, name, request.Value.Members, audit.Entry(http, Resource(kind, name), string.Join(", ", request.Value.Members)));
        rights.Forget();
        return Versions.Answer(http, group, group.Version, group.Version == 1 ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    public async Task<IResult> Remove(GroupKind kind, string name, HttpContext http)
    {
        var removed = await groups.Remove(kind, name, audit.Entry(http, Resource(kind, name)));
        if (!removed) return new Problem(ProblemCodes.NotFound, $"There is no group {ProblemResults.Shown(name)}.").ToResult();
        rights.Forget();
        return Results.NoContent();
    }

    private static Problem? Wrong(GroupKind kind, IReadOnlyList<string> members)
    {
        if (members.Count > MembersMax) return Bad($"A group has at most {MembersMax} members.", "members");
        for (var i = 0; i < members.Count; i++)
        {
            var member = members[i];
            var fits = kind == GroupKind.Points ? PointId.TryParse(member, out _) : member is { Length: > 0 and <= MemberLengthMax } && !member.Any(char.IsControl);
            if (!fits) return Bad(kind == GroupKind.Points ? "A point is PROBE/NAME, for example local/eth0." : "A member is the name of an account.", $"members[{i}]");
        }

        return null;
    }

    private static string Resource(GroupKind kind, string name) => kind == GroupKind.Points ? $"point-groups/{name}" : $"groups/{name}";

    private static Problem Bad(string message, string field) => new(ProblemCodes.InvalidRequest, message, Field: field);
}
