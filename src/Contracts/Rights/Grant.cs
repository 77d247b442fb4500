// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>That someone may do something somewhere. Grants add up; there is none that takes away.</summary>
public sealed record Grant
{
    public const string IdPrefix = "grant-";

    public required string Id { get; init; }

    /// <summary>Who: this account, or the members of <see cref="Group"/>.</summary>
    public string? Account { get; init; }

    public string? Group { get; init; }

    /// <summary>What: all that this role may, or <see cref="Capabilities"/>.</summary>
    public string? Role { get; init; }

    public IReadOnlyList<Capability> Capabilities { get; init; } = [];

    /// <summary>Where: this point, or those of <see cref="PointGroup"/>; everything where neither is given.</summary>
    public PointId? Point { get; init; }

    public string? PointGroup { get; init; }

    /// <summary>With the right to create: so many bytes of each packet at most; null demands nothing.</summary>
    public int? PayloadBytesMax { get; init; }

    /// <summary>With the right to create: only anonymised.</summary>
    public bool Anonymised { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string CreatedBy { get; init; }
}

/// <summary>A grant as it holds for one account: with its points told apart.</summary>
/// <param name="Points">Null is everything.</param>
public sealed record HeldGrant(Grant Grant, IReadOnlyList<PointId>? Points);

/// <param name="IsDisabled">The account may do nothing, whatever it was granted.</param>
/// <param name="Groups">It is in.</param>
public sealed record AccountRights(bool IsDisabled, IReadOnlyList<string> Groups, IReadOnlyList<HeldGrant> Grants);
