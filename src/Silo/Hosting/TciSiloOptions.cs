// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using Tci.Contracts;

namespace Tci.Silo.Hosting;

/// <summary>How a silo takes part in the cluster.</summary>
public sealed record TciSiloOptions
{
    /// <summary>The probe this silo captures for; it is in the silo's name, which placement reads.</summary>
    public ProbeId Probe { get; init; } = new("local");

    public int SiloPort { get; init; } = 11111;

    public int GatewayPort { get; init; } = 30000;

    /// <summary>How long a call between grains may take before it fails and is cancelled.</summary>
    public TimeSpan AnswerMax { get; init; } = TimeSpan.FromSeconds(10);

    internal IPEndPoint Primary => new(IPAddress.Loopback, SiloPort);
}
