// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Silo.Hosting;

/// <summary>What a process does for the cluster; several at once are usual.</summary>
[Flags]
public enum SiloRoles
{
    None = 0,

    /// <summary>Decides: grains of jobs, schedules, points and probes live here, and clients of the cluster enter by it.</summary>
    Control = 1,

    /// <summary>Captures and processes: grains of captures and runs live on the probe that owns their data.</summary>
    Probe = 2,

    /// <summary>Answers people and programs. Alone it is a client of the cluster.</summary>
    Api = 4,

    All = Control | Probe | Api,
}
