// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>One line of a job's history; (job, sequence) names it for ever.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="State">The state after the event.</param>
public sealed record JobEvent(JobId Job, int Sequence, DateTimeOffset At, JobState State, string Text);
