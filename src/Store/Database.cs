// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Tci.Store.Audit;
using Tci.Store.Dialects;
using Tci.Store.Jobs;
using Tci.Store.Migrations;
using Tci.Store.Moves;
using Tci.Store.Schedules;
using Tci.Store.Writes;

namespace Tci.Store;

/// <summary>
/// Runs statements: reads on connections of their own, writes one after the other by <see cref="WriteQueue"/>. A write that has returned is on the disk.
/// Every failure to use the database is a <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class Database : IDisposable
{
    private readonly Dialect _dialect;
    private readonly WriteQueue _writes;

    private Database(Dialect dialect, StoreOptions options)
    {
        _dialect = dialect;
        _writes = new WriteQueue(dialect, options);
    }

    /// <summary>Opens the database, made where it is missing, and brings it to this program's schema.</summary>
    public static async Task<Database> Open(StoreOptions options, TimeProvider clock)
    {
        var database = new Database(Dialect.Of(options), options);
        try
        {
            await database.Guard(database._dialect.Prepare);
            await new Migrator(database, database._dialect, clock).Run();
            await JobIndex.Fill(database);
            await JobUsage.Fill(database);
            await ScheduleIndex.Fill(database);
            await AuditChain.Fill(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _writes.Dispose();
        _dialect.Dispose();
    }

    internal Task<T> Read<T>(Func<DbConnection, Task<T>> work) => Elsewhere(() => Reconnect.Try(_dialect, async () =>
    {
        await using var connection = await _dialect.Open(forReading: true);
        return await work(connection);
    }));

    /// <summary>Makes a write; it may share its transaction with others, so the work neither commits nor rolls back.</summary>
    internal Task<T> Write<T>(Func<DbTransaction, Task<T>> work) => _writes.Add(work);

    internal Task Write(Func<DbTransaction, Task> work) => Write(async transaction =>
    {
        await work(transaction);
        return true;
    });

    /// <summary>The tables as they are.</summary>
    internal Task<IReadOnlyList<TableShape>> Shapes(DbConnection connection) => TableShape.Read(connection, _dialect);

    /// <summary>What has to be done once rows were inserted with numbers that others gave them.</summary>
    internal string? AfterFilling => _dialect.AfterFilling;

    // SQLite's calls block. They run on the thread pool so that no caller's scheduler (a grain's turn) is held by a disk.
    private Task<T> Elsewhere<T>(Func<Task<T>> work) => Task.Run(async () =>
    {
        var result = default(T);
        await Guard(async () => result = await work());
        return result!;
    });

    private async Task Guard(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DbException e) when (_dialect.Explain(e) is { } why)
        {
            throw new StoreUnavailableException(why, e);
        }
    }
}
