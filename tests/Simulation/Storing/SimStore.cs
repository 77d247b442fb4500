// SPDX-License-Identifier: BSD-3-Clause
using Tci.Simulation.Hosts;

namespace Tci.Simulation.Storing;

/// <summary>A grain's saved state.</summary>
/// <param name="Late">Written when its sender had given the write up: an activation that loaded before does not know of it.</param>
internal sealed record StateRow(string Kind, string Key, long Version, string State, DateTimeOffset? WakeAt, bool Late);

/// <summary>The store did not answer, or said that it failed.</summary>
internal sealed class StoreException(string message) : Exception(message);

/// <summary>
/// The database that all hosts share. It outlives them. A write that was sent is committed although its sender may be dead by then, and one that was committed
/// may look failed to its sender.
/// </summary>
internal sealed class SimStore(Simulation simulation)
{
    /// <summary>How long a host waits for the store.</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(string Kind, string Key), StateRow> _states = [];

    public Tables Tables { get; } = new(simulation);

    public IEnumerable<StateRow> States => _states.Values;

    public StateRow? State(EntityKind kind, string key) => _states.GetValueOrDefault((kind.Name, key));

    public Task<StateRow?> Read(Host by, string kind, string key) => Ask(by, "read state", () => _states.GetValueOrDefault((kind, key)));

    public Task<long> Write(Host by, string kind, string key, long expectedVersion, string state, DateTimeOffset? wakeAt)
    {
        var sent = simulation.Kernel.Elapsed;
        return Ask(by, "write state", () => Write(by, new StateRow(kind, key, expectedVersion, state, wakeAt, simulation.Kernel.Elapsed - sent >= AnswerMax || !by.Alive)));
    }

    private long Write(Host by, StateRow row)
    {
        var (kind, key, expectedVersion, state, wakeAt, late) = row;
        var stored = _states.GetValueOrDefault((kind, key))?.Version ?? 0;
        if (stored != expectedVersion) throw new StoreException($"{kind} {key} was written from version {expectedVersion}, stored is {stored}.");
        simulation.Kernel.Trace.Say("store", $"{kind} {key} version {stored + 1} by {by.Name}, wakes {wakeAt:HH:mm:ss.fff}: {state}");
        _states[(kind, key)] = new StateRow(kind, key, stored + 1, state, wakeAt, late);
        simulation.Checks.Waits.OnSave(_states[(kind, key)]);
        return stored + 1;
    }

    public Task<IReadOnlyList<(string Kind, string Key)>> Due(Host by, DateTimeOffset now, int countMax) =>
        Ask<IReadOnlyList<(string, string)>>(by, "due states", () =>
            [.. _states.Values.Where(s => s.WakeAt <= now).OrderBy(s => s.WakeAt).Take(countMax).Select(s => (s.Kind, s.Key))]);

    /// <summary>Sends a piece of work to the store. It is committed in one piece or not at all; whether the caller hears of it is another matter.</summary>
    public Task<T> Ask<T>(Host by, string what, Func<T> commit)
    {
        var kernel = simulation.Kernel;
        kernel.EnsureOwnThread("a caller of the store");
        var answer = new TaskCompletionSource<T>();
        var fate = simulation.Faults.StoreFate(by);
        kernel.After(AnswerMax, by.Life, () => answer.TrySetException(new StoreException($"The store did not answer '{what}' in time.")));
        if (fate.Reached) kernel.After(fate.Delay, kernel.Always, () => Arrive(by, what, commit, fate, answer));
        return answer.Task;
    }

    private void Arrive<T>(Host by, string what, Func<T> commit, Faults.StoreFate fate, TaskCompletionSource<T> answer)
    {
        Action settle;
        if (fate.Refused)
        {
            settle = () => answer.TrySetException(new StoreException($"The store could not do '{what}'."));
        }
        else
        {
            settle = Commit(commit, answer);
            if (fate.AnswerLost) settle = () => answer.TrySetException(new StoreException($"The connection broke after '{what}' was sent."));
        }

        if (fate.Refused || fate.AnswerLost) simulation.Kernel.Trace.Say("store", $"{(fate.Refused ? "refuses" : "commits, but the answer is lost:")} {what} by {by.Name}");
        simulation.Kernel.After(fate.AnswerDelay, by.Life, settle);
    }

    private static Action Commit<T>(Func<T> commit, TaskCompletionSource<T> answer)
    {
        try
        {
            var value = commit();
            return () => answer.TrySetResult(value);
        }
        catch (Exception e)
        {
            return () => answer.TrySetException(e);
        }
    }
}
