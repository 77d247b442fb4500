// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>
/// What accounts were granted, read from the store once in a few seconds at most. A change on this server counts at once: everything that was read before
/// it is forgotten.
/// </summary>
internal sealed class RightsCache(IGrants grants, ApiOptions options, TimeProvider clock)
{
    private const int AccountsMax = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _known = new();
    private long _changes;

    private sealed record Entry(AccountRights Rights, long At, long Changes);

    public async Task<AccountRights> Of(string account)
    {
        var changes = Changes;
        if (_known.TryGetValue(account, out var known) && known.Changes == changes && clock.GetElapsedTime(known.At) < options.RightsCachedMax) return known.Rights;
        var at = clock.GetTimestamp();
        var rights = await grants.Of(account);
        if (_known.Count >= AccountsMax) _known.Clear();
        // With the count from before the read: a change in the meantime makes this entry old at once.
        _known[account] = new Entry(rights, at, changes);
        return rights;
    }

    /// <summary>Grows with every change on this server.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>To be called after a change is stored.</summary>
    public void Forget() => Interlocked.Increment(ref _changes);
}
