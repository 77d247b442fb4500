// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Accounts;

/// <summary>
/// Attempts to sign in that failed, by the hash of the name that was tried: whether an account of that name exists makes no difference here, so being
/// locked out tells nothing.
/// </summary>
internal static class SignInFailures
{
    /// <summary>Names remembered; the one longest untried is forgotten first.</summary>
    private const long NamesMax = 10_000;

    /// <summary>After so long without an attempt a name begins anew.</summary>
    private static readonly TimeSpan s_forgetAfter = TimeSpan.FromHours(24);

    private const string Select = "SELECT failures AS Failures, locked_us AS LockedUs, last_us AS LastUs FROM sign_in_failures WHERE name_hash = @hash";

    private const string Upsert =
        """
        INSERT INTO sign_in_failures (name_hash, failures, locked_us, last_us) VALUES (@hash, @failures, @locked, @last)
        ON CONFLICT (name_hash) DO UPDATE SET failures = excluded.failures, locked_us = excluded.locked_us, last_us = excluded.last_us
        """;

    private const string Prune =
        "DELETE FROM sign_in_failures WHERE name_hash IN (SELECT name_hash FROM sign_in_failures ORDER BY last_us DESC, name_hash LIMIT 1000 OFFSET @max)";

    private sealed record Row(long Failures, long LockedUs, long LastUs);

    /// <summary>Counts the attempt before it is looked at, so that many at the same moment are no more than one after the other.</summary>
    public static async Task<DateTimeOffset?> Attempt(DbTransaction t, string name, SignInRules rules, DateTimeOffset now)
    {
        var hash = Hash(name);
        var row = await t.Connection!.QuerySingleOrDefaultAsync<Row>(Select, new { hash }, t) ?? new Row(0, 0, 0);
        if (Instants.FromMicroseconds(row.LockedUs) > now) return Instants.FromMicroseconds(row.LockedUs);
        var isOld = Instants.FromMicroseconds(row.LastUs) < now - s_forgetAfter || row.Failures >= rules.FailuresMax;
        var failures = isOld ? 1 : row.Failures + 1;
        var locked = failures >= rules.FailuresMax ? Instants.ToMicroseconds(now + rules.Lock) : 0;
        await t.Connection!.ExecuteAsync(Upsert, new { hash, failures, locked, last = Instants.ToMicroseconds(now) }, t);
        if (row.LastUs == 0) await t.Connection!.ExecuteAsync(Prune, new { max = NamesMax }, t);
        return null;
    }

    public static Task Forget(DbTransaction t, string name) => t.Connection!.ExecuteAsync("DELETE FROM sign_in_failures WHERE name_hash = @hash", new { hash = Hash(name) }, t);

    private static string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
