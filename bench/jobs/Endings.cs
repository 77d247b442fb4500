// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Tci.Contracts;

namespace Tci.Bench.Jobs;

/// <summary>Tells when jobs have ended, from the store's events, as the API does for whoever watches: one reader for all.</summary>
internal sealed class Endings : IAsyncDisposable
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(2);
    private readonly ConcurrentDictionary<JobId, TaskCompletionSource> _awaited = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reader;

    public Endings(IEventFeed feed) => _reader = Task.Run(() => Read(feed));

    /// <summary>Ends when the job is done; ask before it is submitted.</summary>
    public Task Of(JobId job) => _awaited.GetOrAdd(job, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reader;
        _stop.Dispose();
    }

    private async Task Read(IEventFeed feed)
    {
        var last = 0L;
        while (!_stop.IsCancellationRequested)
        {
            foreach (var (number, e, _, _) in await feed.After(last, 1000))
            {
                last = number;
                if (e.State.IsFinal() && _awaited.TryRemove(e.Job, out var ending)) End(ending, e);
            }

            await Task.Delay(s_lookEvery, CancellationToken.None);
        }
    }

    private static void End(TaskCompletionSource ending, JobEvent e)
    {
        if (e.State == JobState.Done) ending.SetResult();
        else ending.SetException(new InvalidOperationException($"{e.Job} is {e.State}: {e.Text}"));
    }
}
