// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;

namespace Tci.Store.Dialects;

/// <summary>All that differs between databases. Statements are shared: they use text and 64-bit integers, <c>ON CONFLICT</c>, row values and <c>LIMIT</c> only.</summary>
internal abstract class Dialect : IDisposable
{
    /// <summary>The type of a column that numbers rows by itself; stands for <c>{identity}</c> in migrations.</summary>
    public abstract string Identity { get; }

    /// <summary>Where the data is, for error messages.</summary>
    public abstract string Place { get; }

    /// <summary>Prepares the place (folder, file, journal mode) once, before anything else is opened.</summary>
    public abstract Task Prepare();

    /// <summary>Opens a connection; one that is only for reading cannot write.</summary>
    public abstract Task<DbConnection> Open(bool forReading);

    /// <summary>Begins the transaction of writes, one in the whole installation at a time.</summary>
    public virtual async Task<DbTransaction> Begin(DbConnection connection) => await connection.BeginTransactionAsync();

    /// <summary>Says in words why the store cannot be used, null where the error is another kind.</summary>
    public abstract string? Explain(DbException error);

    /// <summary>What callers are told: in words where the store cannot be used, otherwise the error as it is.</summary>
    public Exception Told(Exception error) => error is DbException e && Explain(e) is { } why ? new StoreUnavailableException(why, e) : error;

    public abstract void Dispose();
}
