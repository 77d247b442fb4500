// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Api.Events;

/// <summary>
/// Reads new events from the store once for all readers, and hands them on without waiting for any. A reader joins first and reads what is stored
/// afterwards: what it then finds twice it knows by its number, and nothing falls in between.
/// </summary>
internal sealed class SharedFeed(IEventFeed events, ApiOptions options, TimeProvider clock, ILogger<SharedFeed> log) : BackgroundService
{
    public const int BatchMax = 1000;

    private readonly Lock _gate = new();
    private readonly List<FeedReader> _readers = [];
    private long _position;

    /// <param name="from">The number of an event that is in the store, or 0: a feed that nobody reads goes on from there.</param>
    /// <param name="job">Null for all jobs.</param>
    public FeedReader Join(long from, JobId? job)
    {
        var reader = new FeedReader(this, job, options.EventsBufferedMax);
        lock (_gate)
        {
            if (_readers.Count == 0) _position = from;
            _readers.Add(reader);
        }

        return reader;
    }

    public void Leave(FeedReader reader)
    {
        lock (_gate) _readers.Remove(reader);
    }

    public static FeedEvent Sendable(NumberedEvent e) => new(e.Number, e.Event, JsonSerializer.Serialize(e.Event, ContractJson.Options), e.Owner, e.Points);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.EventsLookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryLook(stoppingToken);
    }

    private async Task TryLook(CancellationToken stop)
    {
        try
        {
            while (await Look() && !stop.IsCancellationRequested)
            {
            }
        }
        catch (Exception e)
        {
            Log.FeedFailed(log, e);
        }
    }

    /// <summary>Whether there may be more at once.</summary>
    private async Task<bool> Look()
    {
        long from;
        lock (_gate)
        {
            if (_readers.Count == 0) return false;
            from = _position;
        }

        var batch = await events.After(from, BatchMax);
        if (batch.Count > 0) Publish([.. batch.Select(Sendable)]);
        return batch.Count == BatchMax;
    }

    private void Publish(List<FeedEvent> batch)
    {
        lock (_gate)
        {
            _position = batch[^1].Number;
            foreach (var reader in _readers.Where(r => !batch.TrueForAll(r.Offer)).ToList())
            {
                _readers.Remove(reader);
                reader.CutOff();
                Log.ReaderTooSlow(log, options.EventsBufferedMax);
            }
        }
    }
}
