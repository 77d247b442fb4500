// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tci.Probe.Interop;

namespace Tci.Probe.Work;

/// <summary>
/// A bounded queue of blocking work with threads of its own, so that native calls, merging and children neither hold up grains nor use up the thread pool.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    // What still runs then is abandoned with the process; it is redone after a restart.
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(3);

    private readonly BlockingCollection<Action<CancellationToken>> _items;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Thread> _threads = [];
    private readonly ILogger _log;
    private readonly string _name;

    /// <param name="nice">Priority of the threads, 0 (as the process) to 19.</param>
    public WorkQueue(string name, int threads, int itemsMax, int nice, ILogger log)
    {
        _name = name;
        _log = log;
        _items = new(itemsMax);
        for (var i = 0; i < threads; i++)
        {
            var thread = new Thread(() => Serve(nice)) { IsBackground = true, Name = $"tci-{name}-{i}" };
            thread.Start();
            _threads.Add(thread);
        }
    }

    /// <summary>Queues work; false where the queue is full or closed. The token ends with the queue.</summary>
    public bool TryAdd(Action<CancellationToken> item)
    {
        try
        {
            return _items.TryAdd(item);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (_items.IsAddingCompleted) return;
        _items.CompleteAdding();
        _stop.Cancel();
        foreach (var thread in _threads) thread.Join(s_stopTimeout);
    }

    private void Serve(int nice)
    {
        if (nice > 0 && !Libc.LowerThreadPriority(nice)) Log.PriorityRefused(_log, _name, nice);
        foreach (var item in _items.GetConsumingEnumerable())
        {
            if (_stop.IsCancellationRequested) return;
            try
            {
                item(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Work answers for its own failures; one that does not must not take the thread along.
                Log.WorkFailed(_log, _name, e);
            }
        }
    }
}
