// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>
/// What a caller may: what their account was granted, narrowed by the token they sent. The one place where a right is decided; a value, true for the moment
/// it was made in.
/// </summary>
internal sealed class CallerRights
{
    private readonly List<(HeldGrant Held, HashSet<Capability> Capabilities)> _grants;
    private readonly TokenScope _scope;

    public CallerRights(string account, AccountRights rights, TokenScope? scope)
    {
        Account = account;
        Groups = rights.Groups;
        _scope = scope ?? new TokenScope();
        _grants = rights.IsDisabled ? [] : [.. rights.Grants.Select(g => (g, CapabilitiesOf(g.Grant)))];
    }

    public string Account { get; }

    public IReadOnlyList<string> Groups { get; }

    /// <summary>Holds it on this point.</summary>
    public bool May(Capability capability, PointId point) => Allows(capability) && IsWithin(point) && On(point).Any(g => g.Capabilities.Contains(capability));

    /// <summary>Holds it on each of these.</summary>
    public bool May(Capability capability, IEnumerable<PointId> points) => points.All(p => May(capability, p));

    /// <summary>Holds it on everything. A token that is narrowed to points never does.</summary>
    public bool MayEverywhere(Capability capability) =>
        Allows(capability) && _scope.Points is null && _grants.Any(g => g.Held.Points is null && g.Capabilities.Contains(capability));

    /// <summary>Holds it on some point at least.</summary>
    public bool MaySomewhere(Capability capability) => Allows(capability) && _grants.Any(g => g.Capabilities.Contains(capability));

    /// <summary>Whether the point exists for the caller: they hold anything on it.</summary>
    public bool Knows(PointId point) => IsWithin(point) && On(point).Any(g => g.Capabilities.Any(Allows));

    /// <summary>Whether the probe does: they know a point on it, or everything.</summary>
    public bool Knows(ProbeId probe) =>
        _grants.Any(g => g.Capabilities.Any(Allows) && (g.Held.Points is null ? _scope.Points is null || _scope.Points.Any(p => p.Probe == probe) : g.Held.Points.Any(p => p.Probe == probe && IsWithin(p))));

    /// <summary>One's own job or schedule, and one all of whose points one may see.</summary>
    public bool Sees(string owner, IReadOnlyList<PointId> points) => IsOwn(owner, points) || May(Capability.See, points);

    /// <summary>One's own, and those of others with the capability on all points.</summary>
    public bool May(Capability capability, string owner, IReadOnlyList<PointId> points) =>
        capability == Capability.See ? Sees(owner, points) : (IsOwn(owner, points) && (Allows(Capability.Create) || Allows(capability))) || (Sees(owner, points) && May(capability, points));

    /// <summary>The same as <see cref="Sees"/>, for the store to select by.</summary>
    public JobVisibility Visible()
    {
        var own = MaySeeOwn ? Account : null;
        var points = MayEverywhereOfAccount(Capability.See) ? null : (IReadOnlyList<PointId>)[.. PointsWith(Capability.See).Distinct()];
        return own is null && points is { Count: 0 } ? new JobVisibility(null, []) : new JobVisibility(own, points, _scope.Points);
    }

    /// <summary>The most that is kept of each packet by a right to create on this point; null is no limit.</summary>
    public int? PayloadBytesMax(PointId point)
    {
        var creating = Creating(point);
        if (creating.Count == 0 || May(Capability.LongPayload, point) || creating.Exists(g => g.PayloadBytesMax is null)) return null;
        return creating.Max(g => g.PayloadBytesMax);
    }

    /// <summary>Whether the right to create on this point is one for anonymised captures alone.</summary>
    public bool MustAnonymise(PointId point)
    {
        var creating = Creating(point);
        return creating.Count > 0 && !May(Capability.WithoutAnonymisation, point) && creating.TrueForAll(g => g.Anonymised);
    }

    /// <summary>What is held where, for people: the grants as far as the token lets them through.</summary>
    public IEnumerable<(Grant Grant, IReadOnlyList<PointId>? Points, IReadOnlyList<Capability> Capabilities)> Held() =>
        _grants.Select(g => (g.Held.Grant, g.Held.Points, (IReadOnlyList<Capability>)[.. g.Capabilities.Where(Allows).Order()]));

    private bool MaySeeOwn => Allows(Capability.See) || Allows(Capability.Create);

    private List<Grant> Creating(PointId point) => [.. On(point).Where(g => g.Capabilities.Contains(Capability.Create)).Select(g => g.Held.Grant)];

    private bool IsOwn(string owner, IReadOnlyList<PointId> points) => owner == Account && MaySeeOwn && points.All(IsWithin);

    private bool MayEverywhereOfAccount(Capability capability) => Allows(capability) && _grants.Any(g => g.Held.Points is null && g.Capabilities.Contains(capability));

    private IEnumerable<PointId> PointsWith(Capability capability) =>
        Allows(capability) ? _grants.Where(g => g.Held.Points is not null && g.Capabilities.Contains(capability)).SelectMany(g => g.Held.Points!) : [];

    private IEnumerable<(HeldGrant Held, HashSet<Capability> Capabilities)> On(PointId point) => _grants.Where(g => g.Held.Points is null || g.Held.Points.Contains(point));

    private bool Allows(Capability capability) => _scope.Capabilities is null || _scope.Capabilities.Contains(capability);

    private bool IsWithin(PointId point) => _scope.Points is null || _scope.Points.Contains(point);

    private static HashSet<Capability> CapabilitiesOf(Grant grant) => [.. grant.Role is null ? grant.Capabilities : Roles.Of(grant.Role)];
}
