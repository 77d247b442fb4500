// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Filters;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>What a job may store, in bytes on the probes' disks.</summary>
/// <param name="Bytes">Of all points; absent where one of them cannot be estimated.</param>
/// <param name="BytesMax">What its limits allow at most; absent where they bound no bytes.</param>
public sealed record JobEstimate(long? Bytes, long? BytesMax, IReadOnlyList<PointEstimate> Points);

/// <param name="FreeBytes">On the probe's disk and not set aside, as it last reported; one disk may serve several points.</param>
public sealed record PointEstimate(PointId Point, long? Bytes, long? BytesMax, EstimateBasis Basis, TrafficRate? Rate, long? FreeBytes, string How);

/// <summary>Where a rate comes from.</summary>
public enum EstimateBasis
{
    /// <summary>Nothing was captured on the point lately; only limits are known.</summary>
    Limits,

    /// <summary>What recent captures on the point stored with the same filter, sampling and cutting.</summary>
    SameFilter,

    /// <summary>All that recent captures on the point saw.</summary>
    AllTraffic,
}

/// <param name="Captures">How many recent captures it is the mean of.</param>
/// <param name="Seconds">They lasted together.</param>
public sealed record TrafficRate(int Captures, double Seconds, double PacketsPerSecond, double BytesPerSecond);

/// <summary>Estimates what a job would store from what was captured on its points lately, and says how.</summary>
internal sealed class EstimateJob(ICatalog catalog, FilterGate filters, RequestBody body)
{
    private const int JobsMax = 20;

    public async Task<IResult> Run(HttpContext http)
    {
        var spec = await body.Read<JobSpec>(http);
        if (!spec.Ok) return spec.Problem.ToResult();
        var points = spec.Value.Points;
        if (points.Count is 0 or > FilterGate.PointsMax)
            return new Problem(ProblemCodes.InvalidRequest, $"A job has 1 to {FilterGate.PointsMax} points; this one has {points.Count}.", Field: "points").ToResult();
        if ((CreationRules.Check(http.Rights(), spec.Value) ?? await filters.UnknownPoint(points)) is { } unknown) return unknown.ToResult();
        var probes = (await catalog.Probes()).ToDictionary(p => p.Id, p => Math.Max(0, p.DiskFreeBytes - p.DiskReservedBytes));
        var estimates = new List<PointEstimate>();
        foreach (var point in points) estimates.Add(Estimates.Of(spec.Value, point, await Recent(point), probes.TryGetValue(point.Probe, out var free) ? free : null));
        return Results.Json(new JobEstimate(Sum(estimates.Select(e => e.Bytes)), Sum(estimates.Select(e => e.BytesMax)), estimates), ContractJson.Options);
    }

    private async Task<List<RecentCapture>> Recent(PointId point)
    {
        var filter = new JobFilter { Point = point, States = [JobState.Done] };
        var jobs = await catalog.Jobs(new JobQuery(JobsMax, null, null) { Filter = filter });
        return [.. jobs.Items.SelectMany(j => j.Captures.Where(c => c.Point == point).Select(c => RecentCapture.Of(j, c))).OfType<RecentCapture>()];
    }

    private static long? Sum(IEnumerable<long?> bytes)
    {
        var sum = 0L;
        foreach (var each in bytes)
        {
            if (each is null) return null;
            sum = long.MaxValue - sum < each ? long.MaxValue : sum + each.Value;
        }

        return sum;
    }
}
