// SPDX-License-Identifier: BSD-3-Clause
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests;

public abstract class GrainStatesTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private GrainStates _states = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        _states = new GrainStates(_database);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    [TestMethod]
    public async Task A_written_state_is_read_again_even_after_a_restart()
    {
        Assert.IsNull(await _states.Read("job", "job-a"));
        Assert.AreEqual(1, await _states.Write("job", "job-a", 0, """{"n":1}""", Samples.Noon));
        Assert.AreEqual(2, await _states.Write("job", "job-a", 1, """{"n":2}""", null));
        _database.Dispose();
        _database = await _temp.Open();
        Assert.AreEqual(new StoredState(2, """{"n":2}""", null), await new GrainStates(_database).Read("job", "job-a"));
    }

    [TestMethod]
    public async Task A_write_from_another_version_is_refused_and_changes_nothing()
    {
        await _states.Write("job", "job-a", 0, "1", null);
        await _states.Write("job", "job-a", 1, "2", null);
        foreach (var version in new long[] { 0, 1, 3 })
            await Assert.ThrowsExactlyAsync<StateConflictException>(() => _states.Write("job", "job-a", version, "x", null));
        await Assert.ThrowsExactlyAsync<StateConflictException>(() => _states.Write("job", "job-b", 1, "x", null));
        Assert.AreEqual("2", (await _states.Read("job", "job-a"))!.Payload);
        Assert.IsNull(await _states.Read("job", "job-b"));
    }

    [TestMethod]
    public async Task Of_fifty_writes_from_one_version_one_wins()
    {
        await _states.Write("job", "job-a", 0, "0", null);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            try
            {
                await _states.Write("job", "job-a", 1, $"{i}", null);
                return 1;
            }
            catch (StateConflictException)
            {
                return 0;
            }
        }));
        Assert.AreEqual(1, results.Sum());
    }

    [TestMethod]
    public async Task Kinds_do_not_mix_and_deleting_is_harmless()
    {
        await _states.Write("job", "a", 0, "1", null);
        await _states.Write("point", "a", 0, "2", null);
        await _states.Delete("job", "a");
        await _states.Delete("job", "a");
        Assert.IsNull(await _states.Read("job", "a"));
        Assert.AreEqual("2", (await _states.Read("point", "a"))!.Payload);
    }

    [TestMethod]
    public async Task Due_are_the_overdue_ones_oldest_first()
    {
        await _states.Write("job", "b", 0, "1", Samples.Noon);
        await _states.Write("job", "a", 0, "1", Samples.Noon.AddSeconds(-1));
        await _states.Write("job", "later", 0, "1", Samples.Noon.AddMilliseconds(1));
        await _states.Write("job", "never", 0, "1", null);
        CollectionAssert.AreEqual(new[] { ("job", "a"), ("job", "b") }, (await _states.Due(Samples.Noon, 10)).ToArray());
        Assert.HasCount(1, await _states.Due(Samples.Noon, 1));
    }
}

[TestClass]
public sealed class GrainStatesOnSqliteTests() : GrainStatesTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class GrainStatesOnPostgreSqlTests() : GrainStatesTests(StoreKind.PostgreSql);
