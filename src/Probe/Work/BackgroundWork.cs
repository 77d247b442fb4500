// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;

namespace Tci.Probe.Work;

/// <summary>The probe's queues and their bounds. What does not fit is refused with <c>overloaded</c>.</summary>
internal sealed class BackgroundWork(ProbeOptions options, ILogger<BackgroundWork> log) : IDisposable
{
    private const int EngineThreads = 8;
    private const int FilterThreads = 2;
    private const int ItemsMax = 256;

    /// <summary>Starting and repairing captures: calls that wait for the launcher.</summary>
    public WorkQueue Engine { get; } = new("engine", EngineThreads, ItemsMax, nice: 0, log);

    /// <summary>Compiling filters; apart, so that hostile filters do not delay captures.</summary>
    public WorkQueue Filters { get; } = new("filters", FilterThreads, ItemsMax, nice: 0, log);

    public WorkQueue Collecting { get; } = new("collecting", options.CollectionsMax, ItemsMax, options.BackgroundNice, log);

    /// <summary>Runs. Their children lower their own priority.</summary>
    public WorkQueue Runs { get; } = new("runs", options.RunsMax, ItemsMax, nice: 0, log);

    /// <summary>Deleting, which on a large file takes a while.</summary>
    public WorkQueue Deleting { get; } = new("deleting", threads: 1, ItemsMax, options.BackgroundNice, log);

    public void Dispose()
    {
        foreach (var queue in new[] { Engine, Filters, Collecting, Runs, Deleting }) queue.Dispose();
    }
}
