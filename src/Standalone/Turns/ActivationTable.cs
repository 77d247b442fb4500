// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Standalone.Turns;

/// <summary>Every entity that is in memory: at most one activation a key.</summary>
internal sealed class ActivationTable(IServiceProvider services, EntityServices entityServices, TurnOptions options, TimeProvider clock, ILogger<ActivationTable> log)
{
    private readonly ConcurrentDictionary<(string Kind, string Key), Entry> _entries = new();
    private volatile bool _stopping;

    /// <summary>Hands a turn to the entity, which is brought into memory if need be. Never waits; what cannot be queued fails at once.</summary>
    public void Enqueue(EntityKind kind, string key, Turn turn) => Enqueue(kind, key, turn, activation => activation.Offer(turn));

    /// <summary>Makes an entity look at its state; nobody waits for it.</summary>
    public void Poke(EntityKind kind, string key) => Enqueue(kind, key, PokeTurn(kind, key), activation => activation.Poke());

    private void Enqueue(EntityKind kind, string key, Turn turn, Func<Activation, Activation.Offered> offer)
    {
        if (_stopping)
        {
            turn.Fail(new CallRefusedException("The server is shutting down."));
            return;
        }

        var entry = _entries.GetOrAdd((kind.Name, key), _ => new Entry(NewActivation(kind, key)));
        switch (offer(entry.Activation))
        {
            case Activation.Offered.Taken:
                if (entry.StartOnce()) _ = Live(kind, key, entry);
                break;
            case Activation.Offered.Full:
                turn.Fail(new CallRefusedException($"More than {options.CallsWaitingMax} calls wait for {kind.Name} {key}."));
                break;
            case Activation.Offered.Closed:
                // It is about to leave; the turn follows it, never beside it.
                _ = entry.Gone.Task.ContinueWith(_ => Enqueue(kind, key, turn, offer), TaskScheduler.Default);
                break;
        }
    }

    /// <summary>Refuses new turns and waits for those under way, as long as the options allow.</summary>
    public async Task Stop()
    {
        _stopping = true;
        var gone = _entries.Values.Select(e => e.Gone.Task).ToList();
        foreach (var entry in _entries.Values) entry.Activation.Drain();
        await Task.WhenAny(Task.WhenAll(gone), Task.Delay(options.DrainMax, clock));
    }

    private Activation NewActivation(EntityKind kind, string key) =>
        new(() => kind.NewEntity(entityServices, key), entity => kind.Make(services, entity), PokeTurn(kind, key), options, clock);

    private async Task Live(EntityKind kind, string key, Entry entry)
    {
        await Task.Yield();
        var left = await entry.Activation.Run();
        _entries.TryRemove(new((kind.Name, key), entry));
        entry.Gone.SetResult();
        foreach (var turn in left) Enqueue(kind, key, turn);
    }

    private Turn PokeTurn(EntityKind kind, string key) => new(
        async grain =>
        {
            try
            {
                if (grain is IPokable pokable) await pokable.Poke(new Poke());
            }
            catch (Exception e)
            {
                log.PokeFailed(e, kind.Name, key);
            }
        },
        e => log.PokeFailed(e, kind.Name, key));

    private sealed class Entry(Activation activation)
    {
        private int _started;

        public Activation Activation => activation;

        public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool StartOnce() => Interlocked.Exchange(ref _started, 1) == 0;
    }
}
