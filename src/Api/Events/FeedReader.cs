// SPDX-License-Identifier: BSD-3-Clause
using System.Threading.Channels;
using Tci.Contracts;

namespace Tci.Api.Events;

/// <param name="Number">In the order over all jobs.</param>
/// <param name="Json">The event as it is sent, made once for all readers.</param>
/// <param name="Owner">Of the job, and its points: who may see it.</param>
internal sealed record FeedEvent(long Number, JobEvent Event, string Json, string Owner, IReadOnlyList<PointId> Points);

/// <summary>One reader's place at the feed: the new events that concern it wait here, so many and no more.</summary>
/// <param name="feed">Who fills it.</param>
/// <param name="job">The job it reads of; null for all.</param>
/// <param name="bufferedMax">Events that may wait.</param>
internal sealed class FeedReader(SharedFeed feed, JobId? job, int bufferedMax) : IDisposable
{
    private readonly Channel<FeedEvent> _waiting = Channel.CreateBounded<FeedEvent>(new BoundedChannelOptions(bufferedMax) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _cut = new();

    public ChannelReader<FeedEvent> Waiting => _waiting.Reader;

    /// <summary>Cancelled when more events came than may wait: the reader has missed some and must begin again from the store.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Never waits. False where the reader is too slow.</summary>
    public bool Offer(FeedEvent e) => (job is { } only && e.Event.Job != only) || _waiting.Writer.TryWrite(e);

    // On another thread: what hangs on the token is none of the feed's business.
    public void CutOff() => _ = _cut.CancelAsync();

    public void Dispose()
    {
        feed.Leave(this);
        _cut.Dispose();
    }
}
