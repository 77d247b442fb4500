// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Reads the audit. Its rows are a chain: the hash of each covers the hash before it and all of the row (docs/formats/audit.md).</summary>
public interface IAuditTrail
{
    /// <summary>Rows after a number, oldest first, at most countMax.</summary>
    Task<IReadOnlyList<AuditLine>> After(long number, int countMax, AuditFilter filter);
}

/// <summary>Which rows; those that every member given lets through.</summary>
/// <param name="From">At that instant or later.</param>
/// <param name="To">Before that instant.</param>
public sealed record AuditFilter(string? Account = null, string? Action = null, string? Resource = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>A row of the audit. Its JSON (<see cref="ContractJson"/>) without the hash is what the hash covers, and with it what is exported.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">To the microsecond, UTC.</param>
/// <param name="Previous">Hash of the row before; of the first, 64 zeros.</param>
/// <param name="Hash">SHA-256, lower-case hex.</param>
public sealed record AuditLine(
    long Number, DateTimeOffset At, string Account, string From, string Action, string Resource, string Result, string? Detail, string Previous, string? Hash);
