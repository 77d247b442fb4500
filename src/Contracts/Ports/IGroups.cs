// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Groups of accounts and groups of points. Each change is one transaction with its audit row.</summary>
public interface IGroups
{
    /// <summary>By name.</summary>
    Task<IReadOnlyList<GroupView>> Groups(GroupKind kind);

    Task<GroupView?> Group(GroupKind kind, string name);

    /// <summary>Makes a group, or gives it other members.</summary>
    Task<GroupView> Put(GroupKind kind, string name, IReadOnlyList<string> members, AuditEntry audit);

    /// <summary>With the grants and quotas that name it. False where there is none.</summary>
    Task<bool> Remove(GroupKind kind, string name, AuditEntry audit);
}
