// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What one may be allowed to do, on a point, a group of points, or everything (docs/operating/rights.md).</summary>
public enum Capability
{
    /// <summary>See the jobs of others. Whoever holds anything on a point sees the point itself.</summary>
    See,

    /// <summary>Have captures made, and look after one's own jobs.</summary>
    Create,

    /// <summary>Cancel, stop, pause, process, hold and delete jobs of others.</summary>
    CancelOthers,

    /// <summary>Download packets.</summary>
    RawData,

    /// <summary>Keep more of each packet than the grant to create allows.</summary>
    LongPayload,

    /// <summary>Capture without anonymisation where the grant to create demands it.</summary>
    WithoutAnonymisation,

    /// <summary>Release, return or reject what a run left.</summary>
    Review,

    ManageProcessors,

    /// <summary>Add points, set what they admit, take them away.</summary>
    ManagePoints,

    /// <summary>Accounts, groups, grants, quotas, everyone's tokens, and the audit.</summary>
    Administer,
}
