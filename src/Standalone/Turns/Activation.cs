// SPDX-License-Identifier: BSD-3-Clause
using System.Threading.Channels;

namespace Tci.Standalone.Turns;

/// <summary>
/// One entity in memory. Its turns run one after the other, so a grain needs no locks. It ends when nobody calls it for a while or a save has failed;
/// turns that are left then go to the activation that follows.
/// </summary>
internal sealed class Activation
{
    internal enum Offered
    {
        Taken,
        Full,
        Closed,
    }

    private readonly Channel<Turn> _turns;
    private readonly TurnOptions _options;
    private readonly TimeProvider _clock;
    private readonly Func<StandaloneEntity?> _newEntity;
    private readonly Func<StandaloneEntity?, object> _make;
    private readonly Turn _poke;
    private readonly Lock _gate = new();
    private bool _closed;
    private int _pokeWaits;

    public Activation(Func<StandaloneEntity?> newEntity, Func<StandaloneEntity?, object> make, Turn poke, TurnOptions options, TimeProvider clock)
    {
        _turns = Channel.CreateBounded<Turn>(new BoundedChannelOptions(options.CallsWaitingMax) { SingleReader = true });
        (_newEntity, _make, _options, _clock) = (newEntity, make, options, clock);
        _poke = new Turn(
            async grain =>
            {
                Volatile.Write(ref _pokeWaits, 0);
                await poke.Run(grain);
            },
            poke.Fail);
    }

    /// <summary>Runs turns until the activation ends; returns those it did not get to.</summary>
    public async Task<List<Turn>> Run()
    {
        using var entity = _newEntity();
        object grain;
        try
        {
            if (entity is not null)
            {
                entity.OnWake = () => Poke();
                await entity.Load();
            }

            grain = _make(entity);
        }
        catch (Exception e)
        {
            foreach (var turn in Close()) turn.Fail(e);
            return [];
        }

        while (entity is not { IsBroken: true } && await Next() is { } turn) await turn.Run(grain);
        return Close();
    }

    public Offered Offer(Turn turn)
    {
        lock (_gate)
        {
            if (_closed) return Offered.Closed;
            return _turns.Writer.TryWrite(turn) ? Offered.Taken : Offered.Full;
        }
    }

    /// <summary>One poke that has not begun is enough: what changed since, it will see.</summary>
    public Offered Poke()
    {
        if (Interlocked.Exchange(ref _pokeWaits, 1) == 1) return Offered.Taken;
        var offered = Offer(_poke);
        if (offered != Offered.Taken) Volatile.Write(ref _pokeWaits, 0);
        return offered;
    }

    /// <summary>Lets the turns that wait run, then ends.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            _closed = true;
            _turns.Writer.TryComplete();
        }
    }

    /// <summary>Null when it is time to end.</summary>
    private async Task<Turn?> Next()
    {
        if (_turns.Reader.TryRead(out var ready)) return ready;
        using var idle = new CancellationTokenSource(_options.IdleMax, _clock);
        try
        {
            return await _turns.Reader.WaitToReadAsync(idle.Token) && _turns.Reader.TryRead(out var turn) ? turn : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private List<Turn> Close()
    {
        Drain();
        var left = new List<Turn>();
        while (_turns.Reader.TryRead(out var turn)) left.Add(turn);
        return left;
    }
}
