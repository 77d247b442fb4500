// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Microsoft.Data.Sqlite;

namespace Tci.Store.Tests;

[TestClass]
public sealed class DatabaseTests
{
    private readonly TempStore _temp = new();

    [TestCleanup]
    public void Clean() => _temp.Dispose();

    [TestMethod]
    public async Task A_new_database_flushes_every_commit_to_a_write_ahead_log_and_keeps_foreign_keys()
    {
        using var database = await _temp.Open();
        Assert.AreEqual("wal", await database.Read(c => c.ExecuteScalarAsync<string>("PRAGMA journal_mode")));
        Assert.AreEqual(2L, await database.Write(t => t.Connection!.ExecuteScalarAsync<long>("PRAGMA synchronous", transaction: t)));
        Assert.AreEqual(1L, await database.Write(t => t.Connection!.ExecuteScalarAsync<long>("PRAGMA foreign_keys", transaction: t)));
    }

    [TestMethod]
    public async Task The_file_and_its_journal_are_readable_by_their_owner_alone()
    {
        using var database = await _temp.Open();
        foreach (var file in new[] { "tci.db", "tci.db-wal", "tci.db-shm" })
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_temp.File(file)), file);
    }

    [TestMethod]
    public async Task A_read_cannot_write()
    {
        using var database = await _temp.Open();
        await Assert.ThrowsAsync<System.Data.Common.DbException>(() => database.Read(c => c.ExecuteAsync("DELETE FROM jobs")));
    }

    [TestMethod]
    public async Task A_second_server_on_the_same_file_is_refused_until_the_first_ends()
    {
        var first = await _temp.Open();
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(_temp.Open);
        Assert.Contains("Another process uses", e.Message);
        using (var maintenance = await Database.Open(_temp.Options with { Exclusive = false }, TimeProvider.System))
            Assert.AreEqual(0L, await maintenance.Read(c => c.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM jobs")));
        first.Dispose();
        (await _temp.Open()).Dispose();
    }

    [TestMethod]
    public async Task A_file_that_is_no_database_is_told_and_left_alone()
    {
        var text = new string('x', 5000);
        await File.WriteAllTextAsync(_temp.Path, text);
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(_temp.Open);
        Assert.Contains("is not an SQLite database", e.Message);
        Assert.AreEqual(text, await File.ReadAllTextAsync(_temp.Path));
    }

    [TestMethod]
    public async Task A_damaged_database_is_told()
    {
        using (var database = await _temp.Open())
            await database.Write(t => t.Connection!.ExecuteAsync("CREATE TABLE filler (x); INSERT INTO filler VALUES (zeroblob(200000))", transaction: t));
        var bytes = await File.ReadAllBytesAsync(_temp.Path);
        bytes.AsSpan(100, 4000).Fill(0xA5);
        await File.WriteAllBytesAsync(_temp.Path, bytes);
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(_temp.Open);
        Assert.Contains("damaged", e.Message);
    }

    [TestMethod]
    public async Task A_database_of_another_program_is_refused()
    {
        using (var other = new SqliteConnection($"Data Source={_temp.Path};Pooling=False")) await other.ExecuteAsync("CREATE TABLE cats (name TEXT)");
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(_temp.Open);
        Assert.Contains("another program", e.Message);
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        await File.WriteAllTextAsync(_temp.File("file"), "");
        var options = _temp.Options with { Path = System.IO.Path.Combine(_temp.File("file"), "tci.db") };
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => Database.Open(options, TimeProvider.System));
        Assert.Contains("cannot be opened or made", e.Message);
    }

    [TestMethod]
    public async Task A_database_that_another_process_holds_is_told_and_works_afterwards()
    {
        using var database = await _temp.Open();
        using (var other = new SqliteConnection($"Data Source={_temp.Path};Pooling=False"))
        {
            await other.OpenAsync();
            await using var held = other.BeginTransaction(deferred: false);
            var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => database.Write(t => t.Connection!.ExecuteAsync("DELETE FROM jobs", transaction: t)));
            Assert.Contains("locked by another process", e.Message);
            Assert.AreEqual(0L, await database.Read(c => c.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM jobs")));
        }

        await database.Write(t => t.Connection!.ExecuteAsync("DELETE FROM jobs", transaction: t));
    }

    [TestMethod]
    public async Task More_writers_than_the_bound_are_refused_and_the_others_are_served()
    {
        using var database = await Database.Open(_temp.Options with { WritersWaitingMax = 2 }, TimeProvider.System);
        var (running, gate) = await Running(database);
        var waiting = new[] { database.Write(_ => Task.CompletedTask), database.Write(_ => Task.CompletedTask) };
        await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => database.Write(_ => Task.CompletedTask));
        gate.SetResult();
        await Task.WhenAll([running, .. waiting]);
        await database.Write(_ => Task.CompletedTask);
    }

    [TestMethod]
    public async Task A_write_that_waits_too_long_is_refused()
    {
        using var database = await Database.Open(_temp.Options with { WriterWaitMax = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        var (running, gate) = await Running(database);
        await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => database.Write(_ => Task.CompletedTask));
        gate.SetResult();
        await running;
    }

    /// <summary>A write that is under way until its gate opens.</summary>
    private static async Task<(Task Running, TaskCompletionSource Gate)> Running(Database database)
    {
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var running = database.Write(async _ =>
        {
            begun.SetResult();
            await gate.Task;
        });
        await begun.Task;
        return (running, gate);
    }
}
