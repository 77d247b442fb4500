// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Filters;

/// <summary>Has filters compiled on the probes that will use them, before anything is accepted.</summary>
internal sealed class FilterGate(GrainCalls calls, ICatalog catalog, ApiOptions options, TimeProvider clock)
{
    // What a job may have at most. With more its entity refuses it, so that no probe need be asked.
    public const int PointsMax = 64;

    /// <summary>The first problem a probe has with the job's filter, null where every one can use it.</summary>
    public async Task<Problem?> Check(JobSpec spec, CancellationToken cancel)
    {
        if (spec.Filter.Length == 0 || spec.Points.Count > PointsMax) return null;
        if (await UnknownPoint(spec.Points) is { } unknown) return unknown;
        var answers = await Task.WhenAll(spec.Points.Select(p => p.Probe).Distinct().Select(p => Check(p, spec.Filter, cancel)));
        return answers.FirstOrDefault(a => !a.Ok)?.Problem;
    }

    /// <summary>Asks until the compiler has answered, as long as the options allow.</summary>
    public async Task<Answer<FilterVerdict>> Check(ProbeId probe, string filter, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            var answer = await calls.Ask($"The probe {probe}", g => g.FilterCheck(probe).Check(new CheckFilter(filter)));
            if (answer.Problem is { Field: null, Code: ProblemCodes.InvalidFilter or ProblemCodes.FilterTooLong or ProblemCodes.FilterTooCostly } problem)
                return problem with { Field = "filter" };
            if (answer.Value is not { Pending: true }) return answer;
            if (clock.GetElapsedTime(begun) > options.FilterDeadline)
                return new Problem(ProblemCodes.DeadlinePassed, $"The probe {probe} did not compile the filter within {options.FilterDeadline.TotalSeconds:0} s. Try again, or write it shorter.", Field: "filter");
            await Task.Delay(options.FilterAskEvery, clock, cancel);
        }
    }

    /// <summary>
    /// The first point that does not exist, as a problem; null where all do. One that the catalog does not list yet may have been made a moment ago: its entity knows.
    /// </summary>
    public async Task<Problem?> UnknownPoint(IReadOnlyList<PointId> points)
    {
        var listed = (await catalog.Points()).Select(p => p.Id).ToHashSet();
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            if (listed.Contains(point)) continue;
            var answer = await calls.Ask($"The point {point}", g => g.Point(point).Get(new GetPoint()));
            if (answer.Problem is { Code: ProblemCodes.NotFound })
                return NoSuchPoint(point) with { Field = $"points[{i}]" };
            if (answer.Problem is { } other) return other;
        }

        return null;
    }

    public static Problem NoSuchPoint(PointId point) => new(ProblemCodes.UnknownPoint, $"There is no capture point {point}. GET /api/v1/points lists those there are.");
}
