// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Writes;

/// <summary>Writes that wait together and share one commit.</summary>
public abstract class SharedCommitTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private GrainStates _states = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await Database.Open(Options, TimeProvider.System);
        _states = new GrainStates(_database);
    }

    /// <summary>However long the first one is held, the others still join it.</summary>
    private StoreOptions Options => _temp.Options with { GatherMax = TimeSpan.FromMinutes(1) };

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    private Task<long> Write(string key, long version = 0, string payload = "1") => _states.Write("job", key, version, payload, null);

    private async Task<string?> Payload(string key) => (await _states.Read("job", key))?.Payload;

    /// <summary>Begins a write that lasts until it is told to end, so that those added after it wait together.</summary>
    private async Task<(Task Held, TaskCompletionSource End)> Hold(Exception? fails = null)
    {
        var begun = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var held = _database.Write(async _ =>
        {
            begun.SetResult();
            await end.Task;
            if (fails is not null) throw fails;
        });
        await begun.Task;
        return (held, end);
    }

    [TestMethod]
    public async Task One_that_fails_is_undone_alone()
    {
        await Write("old");
        var (held, end) = await Hold();
        var first = Write("a");
        var conflict = Write("old", version: 7);
        var broken = _database.Write(async t =>
        {
            await t.Connection!.ExecuteAsync("INSERT INTO grain_state (kind, key, version, payload) VALUES ('job', 'half', 1, '1')", transaction: t);
            await t.Connection!.ExecuteAsync("INSERT INTO no_such_table VALUES (1)", transaction: t);
        });
        var last = Write("b");
        end.SetResult();
        await held;
        Assert.AreEqual(1, await first);
        await Assert.ThrowsExactlyAsync<StateConflictException>(() => conflict);
        await Assert.ThrowsAsync<System.Data.Common.DbException>(() => broken);
        Assert.AreEqual(1, await last);
        Assert.AreEqual("1 1 1", $"{await Payload("a")} {await Payload("b")} {await Payload("old")}");
        Assert.IsNull(await Payload("half"));
    }

    [TestMethod]
    public async Task The_first_one_that_fails_does_not_take_the_others_with_it()
    {
        var (held, end) = await Hold(fails: new InvalidOperationException("first"));
        var others = new[] { Write("a"), Write("b") };
        end.SetResult();
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => held);
        await Task.WhenAll(others);
        Assert.AreEqual("1 1", $"{await Payload("a")} {await Payload("b")}");
    }

    [TestMethod]
    public async Task A_commit_that_fails_fails_all_and_leaves_nothing_half_made()
    {
        await _database.Write(t => t.Connection!.ExecuteAsync("CREATE TABLE late (job TEXT NOT NULL REFERENCES jobs (id) DEFERRABLE INITIALLY DEFERRED)", transaction: t));
        var (held, end) = await Hold();
        var orphan = _database.Write(t => t.Connection!.ExecuteAsync("INSERT INTO late (job) VALUES ('job-none')", transaction: t));
        var sharing = new[] { held, Write("a"), orphan, Write("b") };
        end.SetResult();
        foreach (var write in sharing) await Assert.ThrowsAsync<System.Data.Common.DbException>(() => write);
        Assert.IsNull(await Payload("a"));
        Assert.IsNull(await Payload("b"));
        Assert.AreEqual(1, await Write("a"));
        Assert.AreEqual("1", await Payload("a"));
    }

    [TestMethod]
    public async Task Where_the_database_undoes_the_whole_transaction_all_before_fail_and_those_after_are_made()
    {
        var (held, end) = await Hold();
        var before = Write("a");
        var full = _database.Write(async t =>
        {
            // What a full disk makes SQLite do.
            await t.Connection!.ExecuteAsync("ROLLBACK", transaction: t);
            throw new InvalidOperationException("The disk is full.");
        });
        var after = Write("b");
        end.SetResult();
        await Assert.ThrowsAsync<Exception>(() => held);
        await Assert.ThrowsAsync<Exception>(() => before);
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => full);
        Assert.AreEqual(1, await after);
        Assert.IsNull(await Payload("a"));
        Assert.AreEqual("1", await Payload("b"));
    }

    [TestMethod]
    public async Task Nothing_is_seen_or_answered_before_the_commit()
    {
        var (held, end) = await Hold();
        var first = Write("a");
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var second = _database.Write(async _ =>
        {
            begun.SetResult();
            await release.Task;
        });
        end.SetResult();
        await begun.Task;
        await Task.Delay(50);
        Assert.IsFalse(first.IsCompleted || held.IsCompleted);
        Assert.IsNull(await Payload("a"));
        release.SetResult();
        await Task.WhenAll(held, first, second);
        Assert.AreEqual("1", await Payload("a"));
    }

    [TestMethod]
    public async Task They_are_made_in_the_order_they_came()
    {
        var (held, end) = await Hold();
        var made = new List<int>();
        var writes = Enumerable.Range(0, 200).Select(i => _database.Write(_ =>
        {
            made.Add(i);
            return Task.CompletedTask;
        })).ToList();
        end.SetResult();
        await Task.WhenAll([held, .. writes]);
        CollectionAssert.AreEqual(Enumerable.Range(0, 200).ToList(), made);
    }

    [TestMethod]
    public async Task A_later_write_of_the_same_commit_sees_the_earlier_one()
    {
        var (held, end) = await Hold();
        var chain = Enumerable.Range(0, 100).Select(i => Write("a", version: i, payload: $"{i}")).ToList();
        end.SetResult();
        await held;
        CollectionAssert.AreEqual(Enumerable.Range(1, 100).Select(i => (long)i).ToList(), await Task.WhenAll(chain));
        Assert.AreEqual("99", await Payload("a"));
    }

    [TestMethod]
    public async Task One_that_was_given_up_is_never_made()
    {
        _database.Dispose();
        _database = await Database.Open(Options with { WriterWaitMax = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);
        _states = new GrainStates(_database);
        var (held, end) = await Hold();
        await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => Write("a"));
        end.SetResult();
        await held;
        await Write("b");
        Assert.IsNull(await Payload("a"));
    }

    [TestMethod]
    public async Task A_closed_store_makes_what_waits_and_refuses_what_comes_after()
    {
        var (held, end) = await Hold();
        var waiting = Write("a");
        var closed = Task.Run(_database.Dispose);
        end.SetResult();
        await closed;
        await Task.WhenAll(held, waiting);
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => Write("b"));
        Assert.Contains("closed", e.Message);
        _database = await _temp.Open();
        _states = new GrainStates(_database);
        Assert.AreEqual("1", await Payload("a"));
    }
}

[TestClass]
public sealed class SharedCommitOnSqliteTests() : SharedCommitTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class SharedCommitOnPostgreSqlTests() : SharedCommitTests(StoreKind.PostgreSql);
