// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>What sampling, cut and anonymisation of a specification must be. Whether a key is there, only its probe can say.</summary>
internal static class PacketStageRules
{
    private static readonly string s_samplingUnits = string.Join(", ", Enum.GetNames<SamplingUnit>());

    public static Problem? Check(JobSpec spec) => CheckSampling(spec.Sampling) ?? CheckCut(spec.Cut) ?? CheckAnonymise(spec.Anonymise);

    private static Problem? CheckSampling(JobSampling? sampling)
    {
        if (sampling is null) return null;
        if (sampling.OneIn is < 1 or > uint.MaxValue)
            return new(ProblemCodes.InvalidRequest, $"Sampling stores one packet or flow of 1 to {uint.MaxValue}.", Field: "sampling.oneIn");
        return Enum.IsDefined(sampling.By) ? null : new(ProblemCodes.InvalidRequest, $"Sampling is by one of: {s_samplingUnits}.", Field: "sampling.by");
    }

    private static Problem? CheckCut(JobCut? cut) => cut is null or { ConnectionBytes: > 0 }
        ? null
        : new(ProblemCodes.InvalidRequest, "A cut leaves at least 1 byte of each connection.", Field: "cut.connectionBytes");

    private static Problem? CheckAnonymise(JobAnonymisation? anonymise)
    {
        if (anonymise is null) return null;
        if (anonymise is { Key: null, RemovePayload: false })
            return new(ProblemCodes.InvalidRequest, "Anonymising takes a key, for addresses, or the removal of payload, or both.", Field: "anonymise");
        return anonymise.Key is null || KeyName.IsValid(anonymise.Key)
            ? null
            : new(ProblemCodes.InvalidRequest, $"A key's name has 1 to {KeyName.LengthMax} letters, digits and - _ . and does not start with a dot.", Field: "anonymise.key");
    }
}
