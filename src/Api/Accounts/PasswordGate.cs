// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Accounts;

/// <summary>What came of a password.</summary>
/// <param name="LockedUntil">No attempt is looked at before; null where this one was.</param>
internal sealed record PasswordVerdict(bool Fits, DateTimeOffset? LockedUntil);

/// <summary>
/// Compares passwords, so many at once, and locks a name after so many failures. A name without an account takes as long, fails alike and locks alike.
/// </summary>
internal sealed class PasswordGate(IAccounts accounts, ApiOptions options, TimeProvider clock) : IDisposable
{
    private const int AtOnceMax = 2;
    private readonly SemaphoreSlim _room = new(AtOnceMax, AtOnceMax);

    /// <summary>A problem where too many wait already.</summary>
    public async Task<Answer<PasswordVerdict>> Try(string account, string password)
    {
        if (!await _room.WaitAsync(options.GrainDeadline)) return new Problem(ProblemCodes.Overloaded, "Too many people sign in at this moment. Try again in a few seconds.");
        try
        {
            var rules = new SignInRules(options.SignInFailuresMax, options.SignInLock);
            if (await accounts.Attempt(account, rules, clock.GetUtcNow()) is { } until) return new PasswordVerdict(false, until);
            var hash = await accounts.PasswordHash(account);
            // On the thread pool: it is a fraction of a second of pure work.
            var fits = await Task.Run(() => Passwords.Fits(password.Length <= Passwords.LengthMax ? password : "", hash ?? Passwords.OfNobody)) && hash is not null;
            if (fits) await accounts.Succeeded(account);
            return new PasswordVerdict(fits, null);
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();
}
