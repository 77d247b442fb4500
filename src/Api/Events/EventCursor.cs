// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Events;

/// <summary>What a stream shows, and how far it has come.</summary>
internal abstract class EventCursor
{
    /// <summary>The job it shows; null for all.</summary>
    public abstract JobId? Job { get; }

    /// <summary>Whether what was taken last ends the stream.</summary>
    public abstract bool IsAtEnd { get; }

    /// <summary>What the store has after this place, <see cref="SharedFeed.BatchMax"/> at most.</summary>
    public abstract Task<IReadOnlyList<FeedEvent>> Stored();

    /// <summary>Goes on to the event and gives its id in the stream; null where it was taken before.</summary>
    public abstract long? Take(FeedEvent e);

    /// <summary>Whether nothing will follow; asked when nothing came for a while.</summary>
    public abstract Task<bool> IsOver();
}

/// <summary>A job's events by their sequence, up to the final one.</summary>
internal sealed class JobEventCursor(ICatalog catalog, JobId job, int after) : EventCursor
{
    private int _after = after;
    private bool _isAtEnd;

    public override JobId? Job => job;

    public override bool IsAtEnd => _isAtEnd;

    // The number over all jobs does not matter here.
    public override async Task<IReadOnlyList<FeedEvent>> Stored() =>
        [.. (await catalog.Events(job, _after)).Select(e => SharedFeed.Sendable(new NumberedEvent(0, e)))];

    public override long? Take(FeedEvent e)
    {
        if (e.Event.Sequence <= _after) return null;
        _after = e.Event.Sequence;
        _isAtEnd = e.Event.State.IsFinal();
        return _after;
    }

    // A reader who asked after a sequence that never came would otherwise wait for ever.
    public override async Task<bool> IsOver() => (await catalog.Job(job))?.State.IsFinal() != false;
}

/// <summary>The events of all jobs by their number; it never ends.</summary>
internal sealed class AllEventsCursor(IEventFeed events, long after) : EventCursor
{
    private long _after = after;

    public override JobId? Job => null;

    public override bool IsAtEnd => false;

    public override async Task<IReadOnlyList<FeedEvent>> Stored() => [.. (await events.After(_after, SharedFeed.BatchMax)).Select(SharedFeed.Sendable)];

    public override long? Take(FeedEvent e)
    {
        if (e.Number <= _after) return null;
        _after = e.Number;
        return _after;
    }

    public override Task<bool> IsOver() => Task.FromResult(false);
}
