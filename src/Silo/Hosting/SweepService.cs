// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Grains;

namespace Tci.Silo.Hosting;

/// <summary>Pokes whatever is due every few seconds. Every control silo does; twice does no harm.</summary>
internal sealed class SweepService(Sweep sweep, TimeProvider clock, ILogger<SweepService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Sweep.Period, clock);
        do
        {
            try
            {
                await sweep.Once();
            }
            catch (Exception e)
            {
                log.SweepFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
