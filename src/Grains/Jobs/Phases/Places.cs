// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>The places a job holds while it starts and captures.</summary>
internal static class Places
{
    public static ReservePoint Request(JobWork work, JobCapture capture, DateTimeOffset until) =>
        new(capture.Id, until, work.Spec.Priority, work.Spec.Limits.Bytes);

    /// <summary>Whether a critical job is to have one of them; only low ones can be told so, and asking renews. One that is held gives none up.</summary>
    public static async Task<bool> Lost(JobWork work)
    {
        if (work.Spec.Priority != JobPriority.Low || work.Job.Hold is not null) return false;
        var until = work.Job.Deadline!.Value + (work.Spec.Limits.Duration ?? work.Options.CaptureMax) + work.Options.EndGrace;
        foreach (var capture in work.Live.Where(c => c.HoldsPlace).ToList())
        {
            var answer = await Calls.Try(() => work.Grains.Point(capture.Point).Reserve(Request(work, capture, until)));
            if (answer.Value is { Evicted: true }) return work.Job.RequeueRequested = true;
        }

        return false;
    }
}
