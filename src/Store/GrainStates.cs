// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store;

/// <summary>The saved state of grains, for hosts that bring no storage of their own. Each write is checked against the version it began from.</summary>
public sealed class GrainStates(Database database) : IWakeTimes
{
    private const string Select = "SELECT version AS Version, payload AS Payload, wake_us AS WakeUs FROM grain_state WHERE kind = @kind AND key = @key";

    private const string Insert =
        """
        INSERT INTO grain_state (kind, key, version, payload, wake_us) VALUES (@kind, @key, 1, @payload, @wake)
        ON CONFLICT (kind, key) DO NOTHING
        """;

    private const string Update =
        """
        UPDATE grain_state SET version = version + 1, payload = @payload, wake_us = @wake
        WHERE kind = @kind AND key = @key AND version = @expectedVersion
        """;

    private const string SelectDue =
        "SELECT kind AS Kind, key AS Key FROM grain_state WHERE wake_us IS NOT NULL AND wake_us <= @now ORDER BY wake_us, kind, key LIMIT @countMax";

    private sealed record Row(long Version, string Payload, long? WakeUs);

    private sealed record DueRow(string Kind, string Key);

    /// <summary>The state, null where none was ever written or it was deleted.</summary>
    public async Task<StoredState?> Read(string kind, string key)
    {
        var row = await database.Read(c => c.QuerySingleOrDefaultAsync<Row>(Select, new { kind, key }));
        return row is null ? null : new StoredState(row.Version, row.Payload, row.WakeUs is { } w ? Instants.FromMicroseconds(w) : null);
    }

    /// <summary>Writes a state, durable when it returns, and answers with its new version.</summary>
    /// <param name="expectedVersion">The version it was made from; 0 where there is none yet.</param>
    /// <exception cref="StateConflictException">Another version is stored; nothing was written.</exception>
    public Task<long> Write(string kind, string key, long expectedVersion, string payload, DateTimeOffset? wakeAt) => database.Write(async t =>
    {
        var row = new { kind, key, expectedVersion, payload, wake = Instants.ToMicroseconds(wakeAt) };
        var written = await t.Connection!.ExecuteAsync(expectedVersion == 0 ? Insert : Update, row, t) == 1;
        return written ? expectedVersion + 1 : throw new StateConflictException($"{kind} '{key}' was written from version {expectedVersion}, which is not the stored one.");
    });

    /// <summary>Forgets a state; harmless where there is none.</summary>
    public Task Delete(string kind, string key) => database.Write(t => t.Connection!.ExecuteAsync(
        "DELETE FROM grain_state WHERE kind = @kind AND key = @key", new { kind, key }, t));

    /// <summary>Grains whose instant has passed, the longest overdue first.</summary>
    public async Task<IReadOnlyList<(string Kind, string Key)>> Due(DateTimeOffset now, int countMax)
    {
        var rows = await database.Read(c => c.QueryAsync<DueRow>(SelectDue, new { now = Instants.ToMicroseconds(now), countMax }));
        return [.. rows.Select(r => (r.Kind, r.Key))];
    }
}
