// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Hosts;

internal enum HostRole
{
    Control,
    Probe,

    /// <summary>Where people's calls come from; it has no entities and never dies.</summary>
    Client,
}

/// <summary>A machine's process that runs grains. It may die and come back; what it had in memory does not.</summary>
internal sealed class Host(Kernel kernel, string name, HostRole role)
{
    public string Name => name;

    public HostRole Role => role;

    /// <summary>Of a probe host.</summary>
    public ProbeId Probe => new(name);

    public HostClock Clock { get; } = new(kernel);

    /// <summary>Of the present process.</summary>
    public Lifetime Life { get; private set; } = new();

    public bool Alive => !Life.Ended;

    /// <summary>No message gets in or out.</summary>
    public bool CutOff { get; set; }

    public bool StoreCutOff { get; set; }

    /// <summary>The others take it for dead, and it does not know yet: its entities live twice for a moment.</summary>
    public bool Deposed { get; set; }

    /// <summary>When the others notice that the process is gone.</summary>
    public TimeSpan DeathKnownAt { get; private set; }

    /// <summary>Run when a process of this host begins.</summary>
    public Action<Host>? OnStart { get; set; }

    public void Start()
    {
        Life = new Lifetime();
        Deposed = false;
        DeathKnownAt = kernel.Elapsed;
        kernel.Trace.Say(name, $"starts");
        OnStart?.Invoke(this);
    }

    public void Crash(TimeSpan noticedAfter)
    {
        kernel.Trace.Say(name, $"CRASHES, noticed after {noticedAfter.TotalSeconds:0.0} s");
        Life.End();
        DeathKnownAt = kernel.Elapsed + noticedAfter;
    }
}
