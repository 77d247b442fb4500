// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Simulation.Scheduling;

/// <summary>
/// Virtual time and the one thread of a simulation. What is ready at an instant runs in an order that the seed decides; when nothing is, time moves to the
/// next timer. The same seed takes the same steps.
/// </summary>
internal sealed class Kernel
{
    /// <summary>A simulation that takes more steps than this goes in circles.</summary>
    public const long StepsMax = 5_000_000;

    public static readonly DateTimeOffset Epoch = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Work, (long At, long Order)> _timers = new();
    private readonly List<Work> _ready = [];
    private int _thread = Environment.CurrentManagedThreadId;
    private readonly SimRandom _order;
    private volatile string? _failure;
    private long _timersMade;

    public Kernel(ulong seed, bool traced)
    {
        Random = new SimRandom(seed);
        _order = Random.Fork();
        Trace = new Trace(this, traced);
        Outside = new SimContext(this, Always, "the kernel");
    }

    public Lifetime Always { get; } = new();

    public SimRandom Random { get; }

    public Trace Trace { get; }

    /// <summary>Current while no simulated code runs, so that continuations never run inside whoever completes them.</summary>
    public SimContext Outside { get; }

    public TimeSpan Elapsed { get; private set; }

    public long Steps { get; private set; }

    /// <summary>Of every step taken; two runs of one seed have the same.</summary>
    public ulong Fingerprint { get; private set; } = 14695981039346656037;

    /// <summary>The first thing that went wrong.</summary>
    public string? Failure => _failure;

    public void Fail(string what)
    {
        if (_failure is not null) return;
        _failure = what;
        if (Environment.CurrentManagedThreadId == _thread) Trace.Say("FAILURE", $"{what}");
    }

    /// <summary>Whoever drives a simulation step by step may come back on another thread.</summary>
    public void TakeOver() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>Fails where simulated code has got to another thread: then nothing can be replayed.</summary>
    public bool IsOwnThread(string who)
    {
        if (Environment.CurrentManagedThreadId == _thread) return true;
        Fail($"Code of {who} escaped to the thread pool.");
        return false;
    }

    public void EnsureOwnThread(string who)
    {
        if (!IsOwnThread(who)) throw new InvalidOperationException(_failure);
    }

    public void Soon(Lifetime owner, Action run) => _ready.Add(new Work(owner, run));

    public Work After(TimeSpan delay, Lifetime owner, Action run)
    {
        EnsureOwnThread("a timer");
        var work = new Work(owner, run);
        var at = Elapsed + (delay < TimeSpan.Zero ? TimeSpan.Zero : delay);
        _timers.Enqueue(work, (at.Ticks, _timersMade++));
        return work;
    }

    public Task Delay(TimeSpan delay, Lifetime owner)
    {
        var done = new TaskCompletionSource();
        After(delay, owner, done.SetResult);
        return done.Task;
    }

    /// <summary>Takes steps until the condition holds, something fails, or the time is over. Says whether the condition holds.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan elapsedMax)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Outside);
        try
        {
            while (_failure is null && !condition())
            {
                if (Steps >= StepsMax) Fail($"More than {StepsMax} steps: it goes in circles.");
                if (!Step(elapsedMax)) return false;
            }

            return _failure is null;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>False when nothing is left to do before the time is over.</summary>
    private bool Step(TimeSpan elapsedMax)
    {
        if (_ready.Count == 0 && !NextInstant(elapsedMax)) return false;
        var index = _ready.Count == 1 ? 0 : _order.Below(_ready.Count);
        var work = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (!work.IsDue) return true;
        Steps++;
        Fingerprint = (Fingerprint ^ (ulong)(Elapsed.Ticks + (index * 31) + _ready.Count)) * 1099511628211;
        work.Run();
        return true;
    }

    private bool NextInstant(TimeSpan elapsedMax)
    {
        while (_timers.TryPeek(out var work, out var when))
        {
            if (when.At > elapsedMax.Ticks) break;
            if (_ready.Count > 0 && when.At > Elapsed.Ticks) return true;
            _timers.Dequeue();
            if (!work.IsDue) continue;
            Elapsed = new TimeSpan(when.At);
            _ready.Add(work);
        }

        if (_ready.Count > 0) return true;
        Elapsed = elapsedMax > Elapsed ? elapsedMax : Elapsed;
        return false;
    }
}
