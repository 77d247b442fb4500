// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Grains.Jobs.Phases;

/// <summary>Waits for the start time.</summary>
internal sealed class Scheduled : IJobPhase
{
    public Task<JobStep> Step(JobWork work) =>
        Task.FromResult(work.Spec.StartAt is { } start && start > work.Now ? JobStep.Stay(start) : JobStep.Move(JobTrigger.Due));
}
