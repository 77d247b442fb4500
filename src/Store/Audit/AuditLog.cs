// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Store.Audit;

/// <summary>Writes the audit; a row is on the disk when the call returns.</summary>
public sealed class AuditLog(Database database) : IAudit
{
    public Task Write(AuditEntry entry) => database.Write(t => AuditRows.Add(t, entry));
}
