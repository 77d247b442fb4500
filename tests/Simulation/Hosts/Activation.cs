// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Hosts;

/// <summary>
/// One entity in the memory of one host. Its turns run one after the other. It ends when a save has failed or nobody calls it for a while: turns that are left
/// go to the next one; and with its host: then everything in it is gone.
/// </summary>
internal sealed class Activation
{
    private readonly Simulation _simulation;
    private readonly SimContext _context;
    private readonly Queue<Turn> _turns = new();
    private readonly TimeSpan _idleMax;
    private TaskCompletionSource? _idle;
    private Turn? _current;
    private bool _pokeWaits;

    public Activation(Simulation simulation, Host host, EntityKind kind, string key)
    {
        (_simulation, Host, Kind, Key) = (simulation, host, kind, key);
        Name = $"{host.Name} {kind.Name} {key}";
        Life = new Lifetime(host.Life);
        _context = new SimContext(simulation.Kernel, Life, Name);
        _idleMax = simulation.Faults.IdleMax;
        _context.Begin(Live);
    }

    public Host Host { get; }

    public EntityKind Kind { get; }

    public string Key { get; }

    public Lifetime Life { get; }

    public string Name { get; }

    /// <summary>No further turn is taken.</summary>
    public bool Closed { get; private set; }

    /// <summary>The turn that has not moved for as long as no call, port or store may take; null where all is well.</summary>
    public string? Stuck(TimeSpan waitMax) =>
        _current is not null && !Life.Ended && _simulation.Kernel.Elapsed - _context.LastRan > waitMax ? $"{Name}: {_current.What}" : null;

    public void Offer(Turn turn)
    {
        _turns.Enqueue(turn);
        Interrupt();
    }

    /// <summary>One poke that has not begun is enough: what changed since, it will see.</summary>
    public void Poke()
    {
        if (_pokeWaits || Closed) return;
        _pokeWaits = true;
        Offer(new Turn("wakes", RunPoke, _ => { }));
    }

    private async Task RunPoke(object grain)
    {
        _pokeWaits = false;
        if (grain is IPokable pokable) await pokable.Poke(new Poke());
    }

    private async Task Live()
    {
        var entity = Kind.NewEntity(_simulation, this);
        object grain;
        _current = new Turn("loads", _ => Task.CompletedTask, _ => { });
        try
        {
            if (entity is not null) await entity.Load();
            grain = Kind.Make(_simulation, new HostServices(_simulation, this), entity);
        }
        catch (Exception e)
        {
            foreach (var turn in Close(entity)) turn.Fail(e);
            return;
        }

        while (entity is not { IsBroken: true } && await Next() is { } turn) await Run(turn, grain);
        if (entity is { IsBroken: true }) _simulation.Kernel.Trace.Say(Name, $"is given up");
        foreach (var turn in Close(entity)) _simulation.Cluster.Offer(Host, Kind, Key, turn);
    }

    private async Task Run(Turn turn, object grain)
    {
        _current = turn;
        _simulation.Kernel.Trace.Say(Name, $"{turn.What}");
        try
        {
            await turn.Run(grain);
        }
        catch (Exception e)
        {
            _simulation.Kernel.Trace.Say(Name, $"{turn.What} threw {e.GetType().Name}: {e.Message}");
        }

        _current = null;
    }

    /// <summary>Null when nobody called for a while.</summary>
    private async Task<Turn?> Next()
    {
        _current = null;
        if (_turns.Count == 0)
        {
            _idle = new TaskCompletionSource();
            var timer = _simulation.Kernel.After(_idleMax, Life, Interrupt);
            await _idle.Task;
            timer.Withdraw();
        }

        return _turns.TryDequeue(out var turn) ? turn : null;
    }

    private void Interrupt()
    {
        var idle = _idle;
        _idle = null;
        idle?.SetResult();
    }

    private List<Turn> Close(SimEntity? entity)
    {
        Closed = true;
        _current = null;
        entity?.ForgetWake();
        Life.End();
        return [.. _turns];
    }
}
