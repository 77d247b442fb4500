// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Store.Dialects;

namespace Tci.Store.Migrations;

/// <summary>
/// Brings a database to this program's schema: the numbered SQL files of this folder in order, those that are missing, each with its row in <c>schema_version</c>.
/// Files are added, never changed.
/// </summary>
internal sealed class Migrator(Database database, Dialect dialect, TimeProvider clock)
{
    private const string Prefix = "migrations/";

    private const string Insert = "INSERT INTO schema_version (version, applied_us) VALUES (@version, @now) ON CONFLICT (version) DO NOTHING";

    public static IEnumerable<int> Versions => Files().Select(f => f.Version).Order();

    private static int Newest => Versions.Last();

    public async Task Run()
    {
        await database.Write(t => t.Connection!.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, applied_us BIGINT NOT NULL)", transaction: t));
        var found = await database.Read(c => c.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(version), 0) FROM schema_version"));
        if (found > Newest)
        {
            throw new StoreUnavailableException(
                $"'{dialect.Place}' has schema {found}, written by a newer program; this one knows schemas up to {Newest}. Start the newer program, or restore an older backup.");
        }

        foreach (var (version, name) in Files().OrderBy(f => f.Version)) await Apply(version, name);
    }

    /// <summary>Whoever writes the row makes the change: of several programs that start at once, one does.</summary>
    private Task Apply(int version, string name) => database.Write(async t =>
    {
        var row = new { version = (long)version, now = Instants.ToMicroseconds(clock.GetUtcNow()) };
        if (await t.Connection!.ExecuteAsync(Insert, row, t) == 1) await t.Connection!.ExecuteAsync(dialect.Schema(Text(name)), transaction: t);
    });

    private static IEnumerable<(int Version, string Name)> Files() =>
        from name in typeof(Migrator).Assembly.GetManifestResourceNames()
        where name.StartsWith(Prefix, StringComparison.Ordinal)
        select (int.Parse(name.AsSpan(Prefix.Length, 3)), name);

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
