// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using Tci.Contracts;
using Tci.Silo.Placement;

namespace Tci.Silo.Hosting;

/// <summary>How a process takes part in the cluster.</summary>
public sealed record TciSiloOptions
{
    public SiloRoles Roles { get; init; } = SiloRoles.All;

    /// <summary>The probe this silo captures for; it is in the silo's name, which placement reads.</summary>
    public ProbeId Probe { get; init; } = new("local");

    /// <summary>By which the other silos reach this one.</summary>
    public IPAddress Advertise { get; init; } = IPAddress.Loopback;

    public int SiloPort { get; init; } = 11111;

    /// <summary>Of a silo with the role control; others are no gateways, so that none of them holds up a client when it dies.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>PostgreSQL in Npgsql's words, through which silos find each other and keep the state of grains. Null is a cluster of one, whose state is in the store.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>How long a call between grains may take before it fails and is cancelled.</summary>
    public TimeSpan AnswerMax { get; init; } = TimeSpan.FromSeconds(10);

    public bool IsSilo => (Roles & (SiloRoles.Control | SiloRoles.Probe)) != 0;

    /// <summary>Unique in the cluster while the process lives.</summary>
    internal string Name => Roles.HasFlag(SiloRoles.Probe) ? ProbeDirector.NamePrefix + Probe.Value : $"control:{Advertise}:{SiloPort}";
}
