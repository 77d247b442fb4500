// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Tci.Contracts;
using Tci.Grains;
using Tci.Grains.Jobs;
using Tci.Store;

namespace Tci.Standalone.Turns;

/// <summary>Registers the one-machine host. Needs the store, and the ports of the probe.</summary>
public static class TurnServices
{
    public static IServiceCollection AddTciTurns(this IServiceCollection services, TurnOptions? turns = null, JobOptions? jobs = null)
    {
        services.AddSingleton(turns ?? new TurnOptions());
        services.AddSingleton(jobs ?? new JobOptions());
        services.AddSingleton(p => new EntityServices(p.GetRequiredService<GrainStates>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ActivationTable>();

        // Grains depend on ports, some ports on grains; the table is made at the first call.
        services.AddSingleton<IGrains>(p => new StandaloneGrains(new(p.GetRequiredService<ActivationTable>), p.GetRequiredService<TurnOptions>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Sweep>();
        services.AddHostedService<SweepService>();
        return services;
    }
}
