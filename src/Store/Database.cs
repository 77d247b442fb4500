// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Tci.Store.Audit;
using Tci.Store.Dialects;
using Tci.Store.Jobs;
using Tci.Store.Migrations;
using Tci.Store.Schedules;

namespace Tci.Store;

/// <summary>
/// Runs statements: reads on connections of their own, writes one after the other in a transaction each. A write that has returned is on the disk.
/// Every failure to use the database is a <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class Database : IDisposable
{
    private readonly Dialect _dialect;
    private readonly StoreOptions _options;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private int _writersWaiting;

    private Database(Dialect dialect, StoreOptions options)
    {
        _dialect = dialect;
        _options = options;
    }

    /// <summary>Opens the database, made where it is missing, and brings it to this program's schema.</summary>
    public static async Task<Database> Open(StoreOptions options, TimeProvider clock)
    {
        var database = new Database(new SqliteDialect(options), options);
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
        _dialect.Dispose();
        _writer.Dispose();
    }

    internal Task<T> Read<T>(Func<DbConnection, Task<T>> work) => Elsewhere(async () =>
    {
        await using var connection = await _dialect.Open(forReading: true);
        return await work(connection);
    });

    internal async Task<T> Write<T>(Func<DbTransaction, Task<T>> work)
    {
        await TakeTurn();
        try
        {
            return await Elsewhere(() => Commit(work));
        }
        finally
        {
            _writer.Release();
        }
    }

    internal Task Write(Func<DbTransaction, Task> work) => Write(async transaction =>
    {
        await work(transaction);
        return true;
    });

    private async Task<T> Commit<T>(Func<DbTransaction, Task<T>> work)
    {
        await using var connection = await _dialect.Open(forReading: false);
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await work(transaction);
        await transaction.CommitAsync();
        return result;
    }

    private async Task TakeTurn()
    {
        try
        {
            if (Interlocked.Increment(ref _writersWaiting) > _options.WritersWaitingMax)
                throw new StoreUnavailableException($"More than {_options.WritersWaitingMax} writes wait for the store. Try again in a few seconds.");
            if (!await _writer.WaitAsync(_options.WriterWaitMax))
                throw new StoreUnavailableException($"A write waited {_options.WriterWaitMax.TotalSeconds:0.#} s for the store. Try again; if it stays so, look at the disk.");
        }
        finally
        {
            Interlocked.Decrement(ref _writersWaiting);
        }
    }

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
