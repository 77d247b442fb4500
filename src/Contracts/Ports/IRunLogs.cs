// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What runs said, from the probe that made them. Never goes through a grain.</summary>
public interface IRunLogs
{
    /// <summary>While the run goes on, what it said so far. A run without a log is <see cref="ProblemCodes.NotFound"/>.</summary>
    Task<Answer<RunLog>> Read(RunId run, CancellationToken cancel);
}

/// <summary>Lines a run wrote to standard output and standard error, progress aside; control characters are replaced by spaces.</summary>
/// <param name="Lines">The first 200 and the last 800, each of 300 characters at most.</param>
/// <param name="Omitted">How many are left out between these.</param>
public sealed record RunLog(IReadOnlyList<RunLogLine> Lines, int Omitted);

/// <param name="At">When the probe read it.</param>
/// <param name="Error">From standard error.</param>
public sealed record RunLogLine(DateTimeOffset At, bool Error, string Text);
