// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Timers;
using Tci.Contracts;
using Tci.Grains;

namespace Tci.Silo.Grains;

/// <summary>What the store keeps of an entity, in the words that every host uses: an installation moves from one to another.</summary>
public interface IStored
{
    DateTimeOffset? WakeAt { get; set; }

    /// <summary>The state as JSON.</summary>
    string Json { get; set; }
}

/// <summary>What is stored of an entity: its state, and when it wants to be woken.</summary>
public sealed class Stored<TState> : IStored where TState : class, new()
{
    public TState State { get; set; } = new();

    public DateTimeOffset? WakeAt { get; set; }

    string IStored.Json
    {
        get => JsonSerializer.Serialize(State, ContractJson.Options);
        set => State = JsonSerializer.Deserialize<TState>(value, ContractJson.Options) ?? new();
    }
}

/// <summary>An entity whose state is an Orleans grain's. A grain timer serves the wake instant while the grain is active; the sweep serves the rest.</summary>
public sealed class OrleansEntity<TState> : IEntity<TState>, IOrleansEntity where TState : class, new()
{
    /// <summary>Longest span a timer takes; a later instant is looked at again then.</summary>
    private static readonly TimeSpan s_timerMax = TimeSpan.FromDays(1);

    private readonly IGrainContext _context;
    private readonly IPersistentState<Stored<TState>> _stored;
    private Func<Task>? _poke;
    private IGrainTimer? _timer;

    /// <summary>Makes itself known to the grain's context, where the binding finds it on activation.</summary>
    public OrleansEntity(IGrainContext context, IPersistentState<Stored<TState>> stored)
    {
        (_context, _stored) = (context, stored);
        context.SetComponent<IOrleansEntity>(this);
    }

    public string Key => _context.GrainId.Key.ToString()!;

    public TState State => _stored.State.State;

    public async Task Save()
    {
        try
        {
            await _stored.WriteStateAsync();
        }
        catch (Exception e)
        {
            // Memory may be ahead of the store now; the next call gets a fresh activation.
            _context.Deactivate(new(DeactivationReasonCode.ApplicationError, e, "A save failed."));
            throw;
        }
    }

    public void WakeAt(DateTimeOffset? instant)
    {
        _stored.State.WakeAt = instant;
        if (_poke is null) return;
        if (instant is not { } at)
        {
            _timer?.Dispose();
            _timer = null;
            return;
        }

        var due = at - Get<TimeProvider>().GetUtcNow();
        due = due < TimeSpan.Zero ? TimeSpan.Zero : due > s_timerMax ? s_timerMax : due;
        if (_timer is null) _timer = Get<ITimerRegistry>().RegisterGrainTimer(_context, static (poke, _) => poke(), _poke, new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan));
        else _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    public void Activated(Func<Task> poke)
    {
        _poke = poke;
        if (_stored.State.WakeAt is { } at) WakeAt(at);
    }

    private T Get<T>() where T : notnull => _context.ActivationServices.GetRequiredService<T>();
}
