// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Tci.Bench.Jobs;

/// <summary>What the disk and SQLite allow: plain rows into a table, with the store's own settings and nothing else.</summary>
internal static class Floor
{
    /// <summary>How long so many rows take, of which so many share a commit.</summary>
    public static TimeSpan Measure(int rows, int rowsPerCommit)
    {
        var folder = Directory.CreateTempSubdirectory("tci-bench-").FullName;
        using var db = new SqliteConnection($"Data Source={Path.Combine(folder, "floor.db")};Pooling=False");
        db.Open();
        db.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)");
        var text = new string('x', 1500);
        var watch = Stopwatch.StartNew();
        for (var made = 0; made < rows; made += rowsPerCommit)
        {
            using var transaction = db.BeginTransaction();
            for (var i = 0; i < Math.Min(rowsPerCommit, rows - made); i++) db.Execute("INSERT INTO t (text) VALUES (@text)", new { text }, transaction);
            transaction.Commit();
        }

        var elapsed = watch.Elapsed;
        db.Close();
        Directory.Delete(folder, recursive: true);
        return elapsed;
    }
}
