// SPDX-License-Identifier: BSD-3-Clause
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Probe.Work;

/// <summary>
/// Sends pokes to captures and runs. One that cannot be delivered is tried again and then dropped: the entity wakes by itself too. The grains are looked up
/// when the first poke is sent, because they depend on what this project offers.
/// </summary>
internal sealed class Pokes(IServiceProvider services, TimeProvider time, ILogger<Pokes> log) : BackgroundService
{
    private const int WaitingMax = 4096;
    private const int SendersMax = 4;
    private const int AttemptsMax = 3;
    private static readonly TimeSpan s_callTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<(string Whom, Func<IGrains, IPokable> Find)> _waiting =
        Channel.CreateBounded<(string, Func<IGrains, IPokable>)>(WaitingMax);

    public void Capture(CaptureId id) => Add(id.Value, grains => grains.Capture(id));

    public void Run(RunId id) => Add(id.Value, grains => grains.Run(id));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(
            _waiting.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = SendersMax, CancellationToken = stoppingToken },
            async (poke, stop) => await Send(poke.Whom, poke.Find, stop));

    private void Add(string whom, Func<IGrains, IPokable> find)
    {
        if (!_waiting.Writer.TryWrite((whom, find))) Log.PokeDropped(log, whom, $"{WaitingMax} pokes wait already");
    }

    private async Task Send(string whom, Func<IGrains, IPokable> find, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await find(services.GetRequiredService<IGrains>()).Poke(new Poke()).WaitAsync(s_callTimeout, time, stop);
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (attempt == AttemptsMax)
                {
                    Log.PokeDropped(log, whom, e.Message);
                    return;
                }
            }
            await Task.Delay(s_retryAfter, time, stop);
        }
    }
}
