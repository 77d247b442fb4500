// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>The most that an account, or all members of a group together, may have at one time. Null sets no limit.</summary>
public sealed record Quota
{
    /// <summary>Whose: this account's, or that of <see cref="Group"/>.</summary>
    public string? Account { get; init; }

    public string? Group { get; init; }

    /// <summary>Bytes of data sets that are stored, and byte limits of jobs that are not final, for each of their points.</summary>
    public long? BytesMax { get; init; }

    /// <summary>Jobs that are not final.</summary>
    public long? JobsMax { get; init; }

    /// <summary>Captures of jobs that are not final.</summary>
    public long? CapturesMax { get; init; }
}

/// <summary>What is used of a quota, counted as the quota counts.</summary>
public sealed record Usage(long Bytes, long Jobs, long Captures);

public sealed record QuotaView(Quota Quota, Usage Used);
