// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What accounts and groups may have at one time, and what they have. They are kept where jobs are created (<see cref="IJobCatalog.Admit"/>).</summary>
public interface IQuotas
{
    Task<IReadOnlyList<QuotaView>> Quotas();

    /// <summary>Those that hold for an account: its own and its groups'.</summary>
    Task<IReadOnlyList<QuotaView>> Of(string account);

    /// <summary>What an account has, whether or not it has a quota.</summary>
    Task<Usage> Used(string account);

    /// <summary>Sets a quota; one without any limit is taken away.</summary>
    Task Put(Quota quota, AuditEntry audit);
}
