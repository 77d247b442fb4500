// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.Metrics;

namespace Tci.Bench.Jobs;

/// <summary>Listens to the store's own counters.</summary>
internal sealed class WriteCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _writes;
    private long _commits;

    public WriteCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Tci.Store") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "tci.store.writes") Interlocked.Add(ref _writes, value);
            if (instrument.Name == "tci.store.commits") Interlocked.Add(ref _commits, value);
        });
        _listener.Start();
    }

    public (long Writes, long Commits) Now => (Interlocked.Read(ref _writes), Interlocked.Read(ref _commits));

    public void Dispose() => _listener.Dispose();
}
