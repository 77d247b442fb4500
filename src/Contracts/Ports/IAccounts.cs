// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Accounts, and how their sign-ins with a password went. Each change is one transaction with its audit row.</summary>
public interface IAccounts
{
    /// <summary>By name, at most 10000.</summary>
    Task<IReadOnlyList<AccountView>> Accounts();

    Task<AccountView?> Account(string name);

    /// <summary>Null where there is no such account, it has none, or it is disabled.</summary>
    Task<string?> PasswordHash(string name);

    /// <summary>Makes a local account or changes one. A new password and being disabled end the account's sessions. True where it is new.</summary>
    Task<bool> Put(AccountChange change, AuditEntry audit);

    /// <summary>Takes note of an account of elsewhere, and of the groups it is in by what a token issued then says. A newer token's word stays.</summary>
    Task Meet(string name, string displayName, IReadOnlyList<string> groups, DateTimeOffset issued);

    /// <summary>
    /// Counts an attempt to sign in before it is looked at, for names that exist and names that do not. Answers until when the name is locked; null where the
    /// attempt may go on.
    /// </summary>
    Task<DateTimeOffset?> Attempt(string name, SignInRules rules, DateTimeOffset now);

    /// <summary>Forgets the failed attempts of a name that signed in.</summary>
    Task Succeeded(string name);
}

/// <param name="FailuresMax">In a row; the next attempts are refused for <paramref name="Lock"/>.</param>
public sealed record SignInRules(int FailuresMax, TimeSpan Lock);
