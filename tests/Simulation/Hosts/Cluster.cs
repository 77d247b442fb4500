// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Simulation.Hosts;

/// <summary>Where every entity is: at most one activation a key, on a host that may hold it. One whose host died is moved once the death is known.</summary>
internal sealed class Cluster(Simulation simulation)
{
    private readonly Dictionary<(string Kind, string Key), Activation> _activations = [];

    public List<Host> Hosts { get; } = [];

    public IEnumerable<Host> Controls => Hosts.Where(h => h.Role == HostRole.Control);

    public IEnumerable<Host> Probes => Hosts.Where(h => h.Role == HostRole.Probe);

    public Host? HostOf(EntityKind kind, string key) => _activations.GetValueOrDefault((kind.Name, key))?.Host;

    public void Offer(Host from, EntityKind kind, string key, Turn turn) => Place(from, kind, key, turn.Fail)?.Offer(turn);

    public void Poke(Host from, EntityKind kind, string key) => Place(from, kind, key, _ => { })?.Poke();

    /// <summary>The first activation whose turn stands still.</summary>
    public string? Stuck(TimeSpan waitMax) => _activations.Values.Select(a => a.Stuck(waitMax)).FirstOrDefault(s => s is not null);

    /// <summary>Null where the message gets nowhere; where the sender can know, it is told.</summary>
    private Activation? Place(Host from, EntityKind kind, string key, Action<Exception> fail)
    {
        if (_activations.TryGetValue((kind.Name, key), out var known) && !known.Closed)
        {
            if (!known.Life.Ended && !known.Host.Deposed) return Reachable(from, known.Host) ? known : null;
            if (known.Life.Ended && simulation.Kernel.Elapsed < known.Host.DeathKnownAt) return null;
        }

        var host = HostFor(kind, key);
        if (host is null)
        {
            fail(new UnreachableException(kind.OnProbe ? $"The probe {key.Split('/')[0]} is away." : "No control host is there."));
            return null;
        }

        if (!Reachable(from, host)) return null;
        return _activations[(kind.Name, key)] = new Activation(simulation, host, kind, key);
    }

    private Host? HostFor(EntityKind kind, string key)
    {
        var able = kind.OnProbe ? Probes.Where(h => h.Name == key.Split('/')[0]) : Controls;
        var list = able.Where(h => h is { Alive: true, Deposed: false }).ToList();
        return list.Count == 0 ? null : simulation.Kernel.Random.Pick(list);
    }

    private static bool Reachable(Host from, Host to) => from == to || (!from.CutOff && !to.CutOff);
}
