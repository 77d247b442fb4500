// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Events;

/// <summary>What a stream shows, and how far it has come.</summary>
/// <param name="rights">Of the reader, as they change while the stream is open.</param>
internal abstract class EventCursor(WatchedRights rights)
{
    protected CallerRights Rights => rights.Rights;

    /// <summary>The job it shows; null for all.</summary>
    public abstract JobId? Job { get; }

    /// <summary>Whether what was taken last ends the stream.</summary>
    public abstract bool IsAtEnd { get; }

    /// <summary>What the store has after this place, <see cref="SharedFeed.BatchMax"/> at most.</summary>
    public abstract Task<IReadOnlyList<FeedEvent>> Stored();

    /// <summary>Goes on to the event and gives its id in the stream; null where it was taken before.</summary>
    public abstract long? Take(FeedEvent e);

    /// <summary>False once the reader may no longer see it; asked before anything is sent.</summary>
    public virtual Task<bool> MayGoOn() => rights.Renew();

    /// <summary>Whether nothing will follow; asked when nothing came for a while.</summary>
    public abstract Task<bool> IsOver();
}

/// <summary>A job's events by their sequence, up to the final one.</summary>
internal sealed class JobEventCursor(ICatalog catalog, JobView job, int after, WatchedRights rights) : EventCursor(rights)
{
    private int _after = after;
    private bool _isAtEnd;

    public override JobId? Job => job.Id;

    public override bool IsAtEnd => _isAtEnd;

    // The number over all jobs does not matter here.
    public override async Task<IReadOnlyList<FeedEvent>> Stored() =>
        [.. (await catalog.Events(job.Id, _after)).Select(e => SharedFeed.Sendable(new NumberedEvent(0, e, job.Owner, job.Spec.Points)))];

    public override long? Take(FeedEvent e)
    {
        if (e.Event.Sequence <= _after) return null;
        _after = e.Event.Sequence;
        _isAtEnd = e.Event.State.IsFinal();
        return _after;
    }

    public override async Task<bool> MayGoOn() => await base.MayGoOn() && Rights.Sees(job.Owner, job.Spec.Points);

    // A reader who asked after a sequence that never came would otherwise wait for ever.
    public override async Task<bool> IsOver() => (await catalog.Job(job.Id))?.State.IsFinal() != false;
}

/// <summary>The events of all jobs that the reader may see, by their number; it never ends.</summary>
internal sealed class AllEventsCursor(IEventFeed events, long after, WatchedRights rights) : EventCursor(rights)
{
    private long _after = after;

    public override JobId? Job => null;

    public override bool IsAtEnd => false;

    public override async Task<IReadOnlyList<FeedEvent>> Stored() => [.. (await events.After(_after, SharedFeed.BatchMax, Rights.Visible())).Select(SharedFeed.Sendable)];

    public override long? Take(FeedEvent e)
    {
        if (e.Number <= _after) return null;
        _after = e.Number;
        return Rights.Sees(e.Owner, e.Points) ? _after : null;
    }

    public override Task<bool> IsOver() => Task.FromResult(false);
}
