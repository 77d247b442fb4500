// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Standalone.Turns;

[assembly: DoNotParallelize]

namespace Tci.Standalone.Tests.Turns;

/// <summary>What the one-machine host promises grains: one turn at a time, one activation a key, nothing kept of a failed save.</summary>
[TestClass]
public sealed class ActivationTests
{
    private readonly List<StubEntity> _entities = [];
    private int _inside;
    private int _insideMax;

    [TestMethod]
    public async Task Turns_of_one_key_never_overlap()
    {
        var table = Table(new TurnOptions());
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Call(table, "a", async () =>
        {
            _insideMax = Math.Max(_insideMax, Interlocked.Increment(ref _inside));
            await Task.Yield();
            Interlocked.Decrement(ref _inside);
        })));
        Assert.AreEqual(1, _insideMax);
        Assert.HasCount(1, _entities);
    }

    [TestMethod]
    public async Task Turns_of_different_keys_do_overlap()
    {
        var table = Table(new TurnOptions());
        var second = new TaskCompletionSource();
        var first = Call(table, "a", () => second.Task);
        await Call(table, "b", () =>
        {
            second.SetResult();
            return Task.CompletedTask;
        });
        await first.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TestMethod]
    public async Task A_failed_save_ends_the_activation_and_the_turns_behind_it_run_on_a_fresh_one()
    {
        var table = Table(new TurnOptions());
        var hold = new TaskCompletionSource();
        var breaking = Call(table, "a", async () =>
        {
            await hold.Task;
            _entities[0].Break();
        });
        var behind = Call(table, "a", () => Task.CompletedTask);
        hold.SetResult();
        await Task.WhenAll(breaking, behind).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.HasCount(2, _entities);
        Assert.IsTrue(_entities[0].IsDisposed);
    }

    [TestMethod]
    public async Task A_state_that_cannot_be_loaded_fails_the_call_and_the_next_one_tries_again()
    {
        var table = Table(new TurnOptions(), failLoads: 1);
        await Assert.ThrowsExactlyAsync<IOException>(() => Call(table, "a", () => Task.CompletedTask));
        await Call(table, "a", () => Task.CompletedTask);
    }

    [TestMethod]
    public async Task An_idle_activation_goes_and_comes_back()
    {
        var table = Table(new TurnOptions { IdleMax = TimeSpan.FromMilliseconds(50) });
        await Call(table, "a", () => Task.CompletedTask);
        await Eventually(() => _entities[0].IsDisposed);
        await Call(table, "a", () => Task.CompletedTask);
        Assert.HasCount(2, _entities);
    }

    [TestMethod]
    public async Task The_queue_of_one_key_is_bounded()
    {
        var table = Table(new TurnOptions { CallsWaitingMax = 3 });
        var hold = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var busy = Call(table, "a", () =>
        {
            entered.SetResult();
            return hold.Task;
        });
        await entered.Task;
        var waiting = Enumerable.Range(0, 3).Select(_ => Call(table, "a", () => Task.CompletedTask)).ToList();
        await Assert.ThrowsExactlyAsync<CallRefusedException>(() => Call(table, "a", () => Task.CompletedTask));
        hold.SetResult();
        await Task.WhenAll(waiting.Append(busy)).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TestMethod]
    public async Task Pokes_that_wait_become_one_and_the_wake_instant_is_a_poke()
    {
        var grain = new StubGrain();
        var table = Table(new TurnOptions(), grain: grain);
        var hold = new TaskCompletionSource();
        var busy = Call(table, "a", () => hold.Task);
        for (var i = 0; i < 100; i++) table.Poke(Kind(grain, 0), "a");
        hold.SetResult();
        await busy;
        await Call(table, "a", () => Task.CompletedTask);
        Assert.AreEqual(1, grain.Pokes);
        _entities[0].OnWake!();
        await Eventually(() => grain.Pokes == 2);
    }

    [TestMethod]
    public async Task Stopping_lets_turns_end_and_refuses_new_ones()
    {
        var table = Table(new TurnOptions());
        var hold = new TaskCompletionSource();
        var busy = Call(table, "a", () => hold.Task);
        var stop = table.Stop();
        Assert.IsFalse(stop.IsCompleted);
        hold.SetResult();
        await stop.WaitAsync(TimeSpan.FromSeconds(10));
        await busy;
        await Assert.ThrowsExactlyAsync<CallRefusedException>(() => Call(table, "b", () => Task.CompletedTask));
    }

    private ActivationTable Table(TurnOptions options, int failLoads = 0, StubGrain? grain = null)
    {
        _kind = Kind(grain ?? new StubGrain(), failLoads);
        return new ActivationTable(null!, null!, options, TimeProvider.System, NullLogger<ActivationTable>.Instance);
    }

    private EntityKind _kind = null!;

    private EntityKind Kind(StubGrain grain, int failLoads) => _kind ??= new EntityKind("stub", (_, _) => grain, (_, _) =>
    {
        lock (_entities) _entities.Add(new StubEntity(_entities.Count < failLoads));
        return _entities[^1];
    });

    private async Task Call(ActivationTable table, string key, Func<Task> body)
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        table.Enqueue(_kind, key, new Turn(
            async _ =>
            {
                await body();
                answer.SetResult();
            },
            e => answer.SetException(e)));
        await answer.Task;
    }

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++) await Task.Delay(20);
        Assert.IsTrue(condition());
    }

    private sealed class StubGrain : IPokable
    {
        public int Pokes { get; private set; }

        public Task Poke(Poke request)
        {
            Pokes++;
            return Task.CompletedTask;
        }
    }

    private sealed class StubEntity(bool failsToLoad) : StandaloneEntity
    {
        public bool IsDisposed { get; private set; }

        public void Break() => IsBroken = true;

        public override Task Load() => failsToLoad ? throw new IOException("The disk said no.") : Task.CompletedTask;

        public override void Dispose() => IsDisposed = true;
    }
}
