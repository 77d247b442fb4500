// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store;

/// <summary>Where the store is and how long it lets callers wait.</summary>
public sealed record StoreOptions
{
    /// <summary>The SQLite database file; made with its folder, for the owner alone, where it is missing. Unused with <see cref="PostgreSql"/>.</summary>
    public string Path { get; init; } = "";

    /// <summary>A connection to PostgreSQL in Npgsql's words (<c>Host=…;Database=…;Username=…</c>), null for SQLite. The database is there; its tables are made.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>
    /// Whether this process is the one that runs the jobs in the database. Then a second one is refused, since two would run every job twice.
    /// False for short maintenance beside a running server.
    /// </summary>
    public bool Exclusive { get; init; } = true;

    /// <summary>Whether other processes of one cluster run the jobs in the database together with this one; a server of one machine is then refused, and the other way round.</summary>
    public bool InCluster { get; init; }

    /// <summary>Writes that may wait for their turn; more are refused.</summary>
    public int WritersWaitingMax { get; init; } = 1000;

    /// <summary>How long a write waits for its turn.</summary>
    public TimeSpan WriterWaitMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Writes that share one commit.</summary>
    public int WritesPerCommitMax { get; init; } = 64;

    /// <summary>A commit that has taken writes in for this long takes no more, so that the first need not wait for the last.</summary>
    public TimeSpan GatherMax { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Connections for reading that PostgreSQL is asked for.</summary>
    public int ReadersMax { get; init; } = 16;

    /// <summary>How long the database waits for another process that holds it; a PostgreSQL server gets as long to answer.</summary>
    public TimeSpan BusyWaitMax { get; init; } = TimeSpan.FromSeconds(5);
}
