// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;

namespace Tci.Store.Dialects;

/// <summary>All that differs between databases. Statements are shared: they use text and 64-bit integers, <c>ON CONFLICT</c>, row values and <c>LIMIT</c> only.</summary>
internal abstract class Dialect : IDisposable
{
    /// <summary>Where the data is, for error messages.</summary>
    public abstract string Place { get; }

    public static Dialect Of(StoreOptions options) => options.PostgreSql is null ? new SqliteDialect(options) : new PostgreSqlDialect(options);

    /// <summary>A migration in this database's words. In the shared ones <c>{identity}</c> is the type of a column that numbers rows by itself, and <c>{by_key}</c> marks a table whose rows are best kept in its key.</summary>
    public abstract string Schema(string migration);

    /// <summary>Selects the names of the tables.</summary>
    public abstract string Tables { get; }

    /// <summary>Selects the columns of the primary key of <c>@table</c>, in order.</summary>
    public abstract string Key { get; }

    /// <summary>Selects the names of the tables that <c>@table</c> refers to.</summary>
    public abstract string References { get; }

    /// <summary>Makes tables that number their rows go on after the highest number; null where they do by themselves.</summary>
    public virtual string? AfterFilling => null;

    /// <summary>Prepares the place (folder, file, journal mode) once, before anything else is opened.</summary>
    public abstract Task Prepare();

    /// <summary>Opens a connection; one that is only for reading cannot write.</summary>
    public abstract Task<DbConnection> Open(bool forReading);

    /// <summary>Begins the transaction of writes, one in the whole installation at a time.</summary>
    public virtual async Task<DbTransaction> Begin(DbConnection connection) => await connection.BeginTransactionAsync();

    /// <summary>Whether the connection broke and a new one may do. Nothing is known of what was under way on it.</summary>
    public virtual bool IsLost(DbException error) => false;

    /// <summary>Says in words why the store cannot be used, null where the error is another kind.</summary>
    public abstract string? Explain(DbException error);

    /// <summary>What callers are told: in words where the store cannot be used, otherwise the error as it is.</summary>
    public Exception Told(Exception error) => error is DbException e && Explain(e) is { } why ? new StoreUnavailableException(why, e) : error;

    public abstract void Dispose();
}
