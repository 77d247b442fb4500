// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Grains;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Hosts;

/// <summary>The side of an entity that its activation sees.</summary>
internal abstract class SimEntity
{
    /// <summary>Set by a mutation: a save that fails is not noticed.</summary>
    public bool IsBlind { get; set; }

    /// <summary>A save failed: memory may be ahead of the store, so the activation must go.</summary>
    public bool IsBroken { get; protected set; }

    public abstract Task Load();

    public abstract void ForgetWake();
}

/// <summary>An entity whose state is in the simulated store, as JSON. The wake instant is served by a timer that dies with the activation, and saved with the state.</summary>
internal sealed class SimEntity<TState>(Simulation simulation, Activation activation) : SimEntity, IEntity<TState> where TState : class, new()
{
    private long _version;
    private DateTimeOffset? _wakeAt;
    private Work? _timer;

    public string Key => activation.Key;

    public TState State { get; private set; } = new();

    public override async Task Load()
    {
        if (await simulation.Store.Read(activation.Host, activation.Kind.Name, Key) is not { } row) return;
        State = JsonSerializer.Deserialize<TState>(row.State, ContractJson.Options)!;
        _version = row.Version;
        WakeAt(row.WakeAt);
    }

    public async Task Save()
    {
        try
        {
            var json = JsonSerializer.Serialize(State, ContractJson.Options);
            _version = await simulation.Store.Write(activation.Host, activation.Kind.Name, Key, _version, json, _wakeAt);
        }
        catch when (!IsBlind)
        {
            IsBroken = true;
            throw;
        }
        catch
        {
            // Only where a mutation wants it.
        }
    }

    public void WakeAt(DateTimeOffset? instant)
    {
        _wakeAt = instant;
        ForgetWake();
        if (instant is not { } at) return;
        _timer = simulation.Kernel.After(at - activation.Host.Clock.GetUtcNow(), activation.Life, activation.Poke);
    }

    public override void ForgetWake() => _timer?.Withdraw();
}
