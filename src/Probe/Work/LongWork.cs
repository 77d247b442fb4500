// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using Tci.Contracts;

namespace Tci.Probe.Work;

/// <summary>One piece of long work that is queued, under way, or failed in this life of the probe.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Without a timer the source holds nothing to give back, and who cancels must never meet a disposed one.")]
internal sealed class LongWork
{
    private readonly CancellationTokenSource _cancel = new();
    private Problem? _failure;
    private double _progress;

    public bool Running => _failure is null;

    public WorkView View => _failure is { } problem
        ? new(WorkState.Failed, 0, [], problem)
        : new(WorkState.Running, Volatile.Read(ref _progress), [], null);

    public CancellationToken Cancelled => _cancel.Token;

    /// <param name="progress">Share, 0 to 1.</param>
    public void Report(double progress) => Volatile.Write(ref _progress, progress);

    /// <summary>Why it failed, where that was a full disk.</summary>
    public Problem? Full => _failure is { Code: ProblemCodes.DiskFull } full ? full : null;

    /// <summary>When it is worth trying again.</summary>
    public DateTimeOffset AgainAt { get; private set; }

    public void Fail(Problem problem, DateTimeOffset againAt = default)
    {
        AgainAt = againAt;
        _failure = problem;
    }

    public void Cancel() => _cancel.Cancel();
}
