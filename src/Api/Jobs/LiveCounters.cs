// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>
/// The counters of running captures, asked for once a second and capture however many people watch. A capture that does not answer keeps what its job
/// last knew, with the reason as its problem.
/// </summary>
internal sealed class LiveCounters(GrainCalls calls, ApiOptions options, TimeProvider clock)
{
    private const int ReadingsMax = 4096;
    private readonly Dictionary<CaptureId, Reading> _readings = [];
    private readonly Lock _gate = new();

    private sealed record Reading(long At, Task<Answer<CaptureView>> Answer);

    /// <summary>The job with the counters its captures have now; unchanged while it is not capturing.</summary>
    public async Task<JobView> Merge(JobView job)
    {
        if (job.State != JobState.Capturing) return job;
        return job with { Captures = await Task.WhenAll(job.Captures.Select(Merge)) };
    }

    private async Task<JobCaptureView> Merge(JobCaptureView known)
    {
        if (known.State.IsFinal()) return known;
        var answer = await Read(known.Id);
        if (!answer.Ok) return known with { Problem = known.Problem ?? answer.Problem };
        var live = answer.Value;
        return known with
        {
            State = live.State,
            Counters = live.Counters ?? known.Counters,
            Overload = live.Overload ?? known.Overload,
            End = live.End ?? known.End,
            Problem = live.Problem ?? known.Problem,
        };
    }

    private Task<Answer<CaptureView>> Read(CaptureId id)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (_readings.TryGetValue(id, out var reading) && !IsOld(reading, now)) return reading.Answer;
            if (_readings.Count >= ReadingsMax) Forget(now);
            var answer = calls.Ask($"The capture {id}", g => g.Capture(id).Get(new GetCapture()), options.CountersDeadline);
            _readings[id] = new Reading(now, answer);
            return answer;
        }
    }

    private bool IsOld(Reading reading, long now) => clock.GetElapsedTime(reading.At, now) >= options.CountersEvery;

    private void Forget(long now)
    {
        foreach (var old in _readings.Where(r => IsOld(r.Value, now)).Select(r => r.Key).ToList()) _readings.Remove(old);
        // More captures than that within a second: asking some of them twice costs less than growing without end.
        if (_readings.Count >= ReadingsMax) _readings.Clear();
    }
}
