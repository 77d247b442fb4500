// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Grains;
using Tci.Store;

namespace Tci.Standalone.Turns;

/// <summary>What entities of this host are made with.</summary>
internal sealed record EntityServices(GrainStates States, TimeProvider Clock);

/// <summary>The side of an entity that its activation sees.</summary>
internal abstract class StandaloneEntity : IDisposable
{
    /// <summary>A save failed: memory may be ahead of the store, so the activation must go.</summary>
    public bool IsBroken { get; protected set; }

    /// <summary>Called when the wake instant comes.</summary>
    public Action? OnWake { get; set; }

    public abstract Task Load();

    public abstract void Dispose();
}

/// <summary>An entity whose state is a row of the store, as JSON.</summary>
internal sealed class StandaloneEntity<TState>(EntityServices services, string kind, string key) : StandaloneEntity, IEntity<TState>
    where TState : class, new()
{
    /// <summary>Longest span a timer takes; a later instant is looked at again then.</summary>
    private static readonly TimeSpan s_timerMax = TimeSpan.FromDays(1);

    private long _version;
    private DateTimeOffset? _wakeAt;
    private ITimer? _timer;

    public string Key => key;

    public TState State { get; private set; } = new();

    public override async Task Load()
    {
        if (await services.States.Read(kind, key) is not { } stored) return;
        State = JsonSerializer.Deserialize<TState>(stored.Payload, ContractJson.Options) ?? new();
        _version = stored.Version;
        WakeAt(stored.WakeAt);
    }

    public async Task Save()
    {
        try
        {
            _version = await services.States.Write(kind, key, _version, JsonSerializer.Serialize(State, ContractJson.Options), _wakeAt);
        }
        catch
        {
            IsBroken = true;
            throw;
        }
    }

    public void WakeAt(DateTimeOffset? instant)
    {
        _wakeAt = instant;
        if (instant is not { } at)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var due = at - services.Clock.GetUtcNow();
        due = due < TimeSpan.Zero ? TimeSpan.Zero : due > s_timerMax ? s_timerMax : due;
        if (_timer is null) _timer = services.Clock.CreateTimer(_ => OnWake?.Invoke(), null, due, Timeout.InfiniteTimeSpan);
        else _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    public override void Dispose() => _timer?.Dispose();
}
