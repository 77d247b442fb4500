// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Tci.Store.Dialects;

namespace Tci.Store.Writes;

/// <summary>
/// Makes writes in the order they came. Those that wait while one is brought to the disk share the next commit, each in a savepoint of its own: one that fails
/// is undone alone. A write is answered when the commit is on the disk; a commit that fails is the answer to all that shared it, and undoes all of them.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const string Savepoint = "one_write";

    /// <summary>How long a stop waits for what is in the queue.</summary>
    private static readonly TimeSpan s_stopMax = TimeSpan.FromSeconds(10);

    private readonly Dialect _dialect;
    private readonly StoreOptions _options;
    private readonly Channel<PendingWrite> _waiting;
    private readonly Task _served;
    private DbConnection? _connection;
    private volatile bool _closed;

    public WriteQueue(Dialect dialect, StoreOptions options)
    {
        _dialect = dialect;
        _options = options;
        _waiting = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(options.WritersWaitingMax) { SingleReader = true });

        // On the thread pool: SQLite's calls block, and no caller's scheduler (a grain's turn) may be held by a disk.
        _served = Task.Run(Serve);
    }

    /// <exception cref="StoreUnavailableException">Too many wait already, its turn did not come in time, or the database cannot be used. Nothing was written.</exception>
    public Task<T> Add<T>(Func<DbTransaction, Task<T>> work)
    {
        var write = new PendingWrite<T>(work);
        if (_waiting.Writer.TryWrite(write)) return write.Answer(_options.WriterWaitMax);
        throw new StoreUnavailableException(_closed ? "The store is closed." : $"More than {_options.WritersWaitingMax} writes wait for the store. Try again in a few seconds.");
    }

    public void Dispose()
    {
        _closed = true;
        _waiting.Writer.TryComplete();
        _served.Wait(s_stopMax);
    }

    private async Task Serve()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (Next() is { } first) await Share(first);
        }

        await Disconnect();
    }

    private PendingWrite? Next()
    {
        while (_waiting.Reader.TryRead(out var write))
        {
            if (write.TryTake()) return write;
        }

        return null;
    }

    private async Task Share(PendingWrite first)
    {
        var sharing = new List<PendingWrite> { first };
        try
        {
            await using var transaction = await Begin();
            var began = Stopwatch.GetTimestamp();

            // It needs no savepoint: until it is made there is nothing else to undo.
            await first.Run(transaction);
            while (sharing.Count < _options.WritesPerCommitMax && Stopwatch.GetElapsedTime(began) < _options.GatherMax && Next() is { } next)
            {
                if (await Joins(transaction, next)) sharing.Add(next);
            }

            await transaction.CommitAsync();
        }
        catch (Exception e)
        {
            var told = _dialect.Told(e);
            foreach (var undone in sharing) undone.Fail(told);
            if (e is DbException) await Disconnect();
            return;
        }

        WriteMeter.Committed(sharing.Count);
        foreach (var durable in sharing) durable.Succeed();
    }

    private async Task<bool> Joins(DbTransaction transaction, PendingWrite write)
    {
        try
        {
            await transaction.SaveAsync(Savepoint);
            await write.Run(transaction);
            await transaction.ReleaseAsync(Savepoint);
            return true;
        }
        catch (Exception e)
        {
            write.Fail(_dialect.Told(e));

            // Some errors (a full disk) undo the whole transaction. Then this fails too, and with it all that share the commit.
            await transaction.RollbackAsync(Savepoint);
            await transaction.ReleaseAsync(Savepoint);
            return false;
        }
    }

    /// <summary>Here a lost connection is noticed before anything was done on it.</summary>
    private Task<DbTransaction> Begin() => Reconnect.Try(_dialect, async () =>
    {
        try
        {
            _connection ??= await _dialect.Open(forReading: false);
            return await _dialect.Begin(_connection);
        }
        catch
        {
            await Disconnect();
            throw;
        }
    });

    private async Task Disconnect()
    {
        if (_connection is not { } connection) return;
        _connection = null;
        await connection.DisposeAsync();
    }
}
