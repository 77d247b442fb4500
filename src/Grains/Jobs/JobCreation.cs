// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Grains.Points;

namespace Tci.Grains.Jobs;

/// <summary>What is decided once, when a job is accepted.</summary>
internal static class JobCreation
{
    public static JobSeed Seed(JobId id, SubmitJob request, DateTimeOffset now) => new(id, request.By.Name, request.Spec, now, request.IdempotencyKey, request.Origin);

    /// <summary>A capture a point. Each attempt has numbers of its own: what an earlier one left on a probe is never taken for this one's.</summary>
    public static List<JobCapture> Captures(JobSeed seed, int attempt) =>
        [.. seed.Spec.Points.Select((p, i) => new JobCapture { Id = new CaptureId(p.Probe, seed.Id, (attempt * seed.Spec.Points.Count) + i), Point = p })];

    /// <summary>The first thing that keeps the job from being accepted, or null.</summary>
    public static async Task<Problem?> Check(JobSpec spec, IGrains grains, DateTimeOffset now)
    {
        if (JobSpecRules.Check(spec, now) is { } problem) return problem;
        var answers = await Task.WhenAll(spec.Points.Select(p => Calls.Try(() => grains.Point(p).Get(new GetPoint()))));
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Problem is { Code: ProblemCodes.NotFound })
                return new Problem(ProblemCodes.UnknownPoint, $"There is no capture point {spec.Points[i]}.", Field: $"points[{i}]");
            if (answers[i].Problem is { } other) return other;
            if (PointAdmission.Never(answers[i].Value!.Limits, spec.Limits.Bytes) is { } never) return never with { Message = $"{spec.Points[i]}: {never.Message}" };
        }

        return null;
    }

    /// <summary>Null where a repeated request asks for what the job already is.</summary>
    public static Problem? Same(JobSeed known, SubmitJob request)
    {
        if (known.Owner == request.By.Name && Text(known.Spec) == Text(request.Spec)) return null;
        return new Problem(ProblemCodes.IdempotencyKeyReused, "This idempotency key was used for another job. Take a new key for a new job.");
    }

    public static Problem Unknown(string key) => new(ProblemCodes.NotFound, $"There is no job {key}.");

    private static string Text(JobSpec spec) => JsonSerializer.Serialize(spec, ContractJson.Options);
}
