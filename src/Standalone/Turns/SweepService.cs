// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Grains;

namespace Tci.Standalone.Turns;

/// <summary>Every few seconds, from the first moment: whatever is due is poked.</summary>
internal sealed class SweepService(Sweep sweep, ActivationTable table, TimeProvider clock, ILogger<SweepService> log) : BackgroundService
{
    /// <summary>Stops turns before the store goes.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await table.Stop();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Sweep.Period, clock);
        do
        {
            await Once();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Once()
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
}
