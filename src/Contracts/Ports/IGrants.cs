// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Who may do what. Each change is one transaction with its audit row.</summary>
public interface IGrants
{
    /// <summary>Oldest first, at most 10000.</summary>
    Task<IReadOnlyList<Grant>> Grants();

    /// <summary>What an account may: by its own grants and by those of the groups it is in. An account nobody knows may nothing.</summary>
    Task<AccountRights> Of(string account);

    Task Add(Grant grant, AuditEntry audit);

    /// <summary>False where there is none.</summary>
    Task<bool> Remove(string id, AuditEntry audit);
}
