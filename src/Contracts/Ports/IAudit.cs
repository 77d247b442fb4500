// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>The record of what people asked for, kept for ever.</summary>
public interface IAudit
{
    Task Write(AuditEntry entry);
}

/// <param name="Action">For example <c>job.cancel</c>.</param>
/// <param name="Result"><c>accepted</c>, or a problem code.</param>
/// <param name="Detail">What else is worth knowing, such as a reason that was given.</param>
public sealed record AuditEntry(DateTimeOffset At, Caller By, string Action, string Resource, string Result, string? Detail = null);
