// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Events;

/// <summary>The store's feed, counted, and failing when a test says so.</summary>
internal sealed class CountingFeed : IEventFeed
{
    private IEventFeed _real = null!;
    private int _looks;

    public int Looks => _looks;

    public bool Fails { get; set; }

    public CountingFeed Around(IEventFeed real)
    {
        _real = real;
        return this;
    }

    public Task<IReadOnlyList<NumberedEvent>> After(long number, int countMax)
    {
        Interlocked.Increment(ref _looks);
        return Fails ? throw new IOException("The store is away.") : _real.After(number, countMax);
    }

    public Task<IReadOnlyList<NumberedEvent>> After(long number, int countMax, JobVisibility visible)
    {
        Interlocked.Increment(ref _looks);
        return Fails ? throw new IOException("The store is away.") : _real.After(number, countMax, visible);
    }

    public Task<long> Last() => _real.Last();
}
