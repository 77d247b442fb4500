// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.Filters;
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>Whether a caller may have a job made: on each of its points the right to create, and what that right demands of the job.</summary>
internal static class CreationRules
{
    /// <summary>The first thing that stands in the way, or null. A point that the caller does not know is one that is not there.</summary>
    public static Problem? Check(CallerRights rights, JobSpec spec)
    {
        for (var i = 0; i < spec.Points.Count; i++)
        {
            var point = spec.Points[i];
            var field = $"points[{i}]";
            if (!rights.Knows(point)) return FilterGate.NoSuchPoint(point) with { Field = field };
            if (!rights.May(Capability.Create, point)) return RightsMiddleware.Lacks(Capability.Create, $" on {point}") with { Field = field };
            if (rights.PayloadBytesMax(point) is { } most && !(PayloadBytes(spec) <= most))
                return new Problem(ProblemCodes.Forbidden, $"On {point} at most {most} bytes of each packet may be kept: give a snaplen of that or less, or have the payload removed, or ask for the right '{nameof(Capability.LongPayload)}'.", Field: "snaplen");
            if (rights.MustAnonymise(point) && !IsAnonymised(spec))
                return new Problem(ProblemCodes.Forbidden, $"On {point} only captures with anonymised addresses may be made (anonymise.key); without that it needs the right '{nameof(Capability.WithoutAnonymisation)}'.", Field: "anonymise");
        }

        return null;
    }

    /// <summary>Bytes that the job keeps of each packet at most, headers included; null is all of them. Without payload no header is too long.</summary>
    private static int? PayloadBytes(JobSpec spec) => spec.Anonymise is { RemovePayload: true } ? 0 : spec.Snaplen;

    // Without a key the addresses stay what they are.
    private static bool IsAnonymised(JobSpec spec) => spec.Anonymise is { Key: not null };
}
