// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Points;

/// <summary>What a point and its limits must be.</summary>
internal static class PointRules
{
    public const int CapturesMaxMax = 64;
    public const int ReasonLengthMax = 200;
    private const int SourceLengthMax = 1024;

    public static Problem? Check(DefinePoint request, PointRecord point, string key)
    {
        if (request.Source.Length is 0 or > SourceLengthMax || !request.Source.Contains(':', StringComparison.Ordinal) || request.Source.Any(char.IsControl))
            return new Problem(ProblemCodes.InvalidSource, "A source is a kind and a name, for example afpacket:eth0 or pcap:/data/sample.pcap.", Field: "source");
        var taken = point.Source.Length > 0 && !point.Removed
            && (point.Origin != request.Origin || (request.Origin == PointOrigin.Added && point.Source != request.Source));
        return taken ? new Problem(ProblemCodes.Conflict, $"The point {key} exists with the source {point.Source}.", Field: "name") : null;
    }

    /// <summary>What a point admits until somebody says otherwise. Two AF_XDP captures cannot share an interface.</summary>
    public static PointLimits DefaultLimits(string source) => source.StartsWith("afxdp:", StringComparison.Ordinal) ? new() { CapturesMax = 1 } : new();

    public static Problem? CheckReason(string? reason) => reason is null || (reason.Length <= ReasonLengthMax && !string.IsNullOrWhiteSpace(reason) && !reason.Any(char.IsControl))
        ? null
        : new Problem(ProblemCodes.InvalidRequest, $"A reason has 1 to {ReasonLengthMax} characters, not only spaces and no control characters.", Field: "reason");

    public static Problem? Check(PointLimits limits)
    {
        if (limits.CapturesMax is < 1 or > CapturesMaxMax) return new Problem(ProblemCodes.LimitInvalid, $"A point takes 1 to {CapturesMaxMax} captures at once.", Field: "capturesMax");
        if (limits.ReservedBytesMax is <= 0) return new Problem(ProblemCodes.LimitInvalid, "A limit of bytes is more than zero.", Field: "reservedBytesMax");
        return limits.DayBytesMax is <= 0 ? new Problem(ProblemCodes.LimitInvalid, "A limit of bytes is more than zero.", Field: "dayBytesMax") : null;
    }
}
