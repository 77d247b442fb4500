// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.SignIn;

/// <param name="Expires">When this sign-in ends by itself.</param>
/// <param name="Token">What one signed in by; none for a token of elsewhere (OIDC).</param>
/// <param name="Rights">As far as the token lets them through.</param>
/// <param name="Used">Whether or not there is a quota.</param>
public sealed record Me(
    string Account, IReadOnlyList<string> Groups, DateTimeOffset? Expires, TokenView? Token, IReadOnlyList<HeldRight> Rights, IReadOnlyList<QuotaView> Quotas, Usage Used);

/// <param name="Points">Where; null is everything.</param>
/// <param name="PayloadBytesMax">With Create: so many bytes of each packet at most.</param>
/// <param name="Anonymised">With Create: only anonymised.</param>
public sealed record HeldRight(string Grant, string? Role, IReadOnlyList<Capability> Capabilities, IReadOnlyList<PointId>? Points, int? PayloadBytesMax, bool Anonymised);

/// <summary>Tells callers about themselves.</summary>
internal sealed class ReadMe(IQuotas quotas)
{
    public async Task<IResult> Run(HttpContext http)
    {
        var me = http.SignedIn();
        var account = me.Caller.Name;
        var held = me.Rights.Held().Select(h => new HeldRight(h.Grant.Id, h.Grant.Role, h.Capabilities, h.Points, h.Grant.PayloadBytesMax, h.Grant.Anonymised));
        var answer = new Me(account, me.Rights.Groups, me.Expires, me.Token, [.. held], await quotas.Of(account), await quotas.Used(account));
        return Results.Json(answer, ContractJson.Options);
    }
}
