// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging.Abstractions;
using Tci.Probe.Tests.Stage;
using Tci.Probe.Work;

namespace Tci.Probe.Tests.Work;

[TestClass]
public sealed class WorkQueueTests
{
    [TestMethod]
    public void It_refuses_what_does_not_fit()
    {
        using var go = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        using var queue = new WorkQueue("test", threads: 1, itemsMax: 2, nice: 0, NullLogger.Instance);
        Assert.IsTrue(queue.TryAdd(_ =>
        {
            begun.Set();
            go.Wait(CancellationToken.None);
        }));
        begun.Wait();
        Assert.IsTrue(queue.TryAdd(_ => { }));
        Assert.IsTrue(queue.TryAdd(_ => { }));
        Assert.IsFalse(queue.TryAdd(_ => { }));
        go.Set();
    }

    [TestMethod]
    public async Task Work_that_throws_does_not_take_its_thread_along()
    {
        using var queue = new WorkQueue("test", threads: 1, itemsMax: 2, nice: 0, NullLogger.Instance);
        var done = false;
        queue.TryAdd(_ => throw new InvalidOperationException("on purpose"));
        queue.TryAdd(_ => done = true);
        await Eventually.True(() => done, "the work after");
    }

    [TestMethod]
    public void Closing_it_cancels_what_runs_and_drops_what_waits()
    {
        var dropped = true;
        var queue = new WorkQueue("test", threads: 1, itemsMax: 2, nice: 0, NullLogger.Instance);
        using var begun = new ManualResetEventSlim();
        queue.TryAdd(stop =>
        {
            begun.Set();
            stop.WaitHandle.WaitOne();
        });
        queue.TryAdd(_ => dropped = false);
        begun.Wait();
        queue.Dispose();
        Assert.IsTrue(dropped);
        Assert.IsFalse(queue.TryAdd(_ => { }));
    }

    [TestMethod]
    public async Task Its_threads_yield_to_others()
    {
        using var queue = new WorkQueue("test", threads: 1, itemsMax: 2, nice: 7, NullLogger.Instance);
        var nice = "";
        // Field 19 of /proc/thread-self/stat, proc_pid_stat(5); the name before may hold spaces.
        queue.TryAdd(_ => nice = File.ReadAllText("/proc/thread-self/stat").Split(')')[^1].Split(' ')[17]);
        await Eventually.True(() => nice.Length > 0, "the thread to look");
        Assert.AreEqual("7", nice);
    }
}
