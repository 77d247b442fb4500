// SPDX-License-Identifier: BSD-3-Clause
using Tci.Silo.Grains;
using Tci.Silo.Hosting;

namespace Tci.Silo.Placement;

/// <summary>Which grain classes a role offers. A silo that does not offer a class is never asked to hold one of its grains.</summary>
internal static class RoleGrains
{
    private static readonly Type[] s_ofProbes = [typeof(CaptureGrain), typeof(RunGrain), typeof(FilterCheckGrain)];

    private static readonly Type[] s_ofControl = [typeof(JobGrain), typeof(ScheduleGrain), typeof(PointGrain), typeof(ProbeGrain)];

    public static IEnumerable<Type> NotOf(SiloRoles roles) =>
        (roles.HasFlag(SiloRoles.Probe) ? [] : s_ofProbes).Concat(roles.HasFlag(SiloRoles.Control) ? [] : s_ofControl);
}
