// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>What a specification must be, apart from what only a probe can say (points, filter syntax).</summary>
public static class JobSpecRules
{
    public const int NameLengthMax = 200;
    public const int PointsMax = 64;
    public const int FilterBytesMax = 4096;
    public const int SnaplenMin = 14;
    public const int SnaplenMax = 262_144;
    public const int StepsMax = 16;
    public const int LabelsMax = 32;
    public const int LabelKeyLengthMax = 63;
    public const int LabelValueLengthMax = 255;
    public static readonly TimeSpan DurationMax = TimeSpan.FromDays(30);
    public static readonly TimeSpan StartAheadMax = TimeSpan.FromDays(366);

    /// <summary>A start this far back is taken as "now": clocks differ.</summary>
    public static readonly TimeSpan StartPastMax = TimeSpan.FromMinutes(1);

    private static readonly string[] s_processors = ["flows"];

    /// <summary>The first thing wrong, or null.</summary>
    public static Problem? Check(JobSpec spec, DateTimeOffset now) =>
        CheckName(spec.Name) ?? CheckPoints(spec.Points) ?? CheckFilter(spec.Filter) ?? CheckLimits(spec.Limits) ?? CheckSnaplen(spec.Snaplen)
        ?? PacketStageRules.Check(spec) ?? CheckProcessing(spec) ?? CheckLabels(spec.Labels) ?? CheckStart(spec.StartAt, now);

    private static Problem? CheckName(string name)
    {
        if (name.Length is > 0 and <= NameLengthMax && !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl)) return null;
        return new(ProblemCodes.NameInvalid, $"A name has 1 to {NameLengthMax} characters, not only spaces and no control characters; this one has {name.Length}.", Field: "name");
    }

    private static Problem? CheckPoints(IReadOnlyList<PointId> points)
    {
        if (points.Count is 0 or > PointsMax) return new(ProblemCodes.InvalidRequest, $"A job has 1 to {PointsMax} points; this one has {points.Count}.", Field: "points");
        var twice = points.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? null : new(ProblemCodes.InvalidRequest, $"The point {twice.Key} is named twice.", Field: "points");
    }

    private static Problem? CheckFilter(string filter)
    {
        var bytes = Encoding.UTF8.GetByteCount(filter);
        if (bytes > FilterBytesMax) return new(ProblemCodes.FilterTooLong, $"A filter has at most {FilterBytesMax} bytes; this one has {bytes}.", Field: "filter");
        var control = filter.IndexOf('\0', StringComparison.Ordinal);
        return control < 0 ? null : new(ProblemCodes.InvalidFilter, "A filter holds no NUL character.", control, "filter");
    }

    private static Problem? CheckLimits(JobLimits limits)
    {
        if (limits is { Duration: null, Bytes: null, Packets: null })
            return new(ProblemCodes.LimitMissing, "A job has at least one limit: duration, bytes or packets.", Field: "limits");
        if (limits.Duration is { } d && (d <= TimeSpan.Zero || d > DurationMax))
            return new(ProblemCodes.LimitInvalid, $"A duration is more than zero and at most {DurationMax.TotalDays:0} days.", Field: "limits.duration");
        if (limits.Bytes is <= 0) return new(ProblemCodes.LimitInvalid, "A limit of bytes is more than zero.", Field: "limits.bytes");
        return limits.Packets is <= 0 ? new(ProblemCodes.LimitInvalid, "A limit of packets is more than zero.", Field: "limits.packets") : null;
    }

    private static Problem? CheckSnaplen(int? snaplen) => snaplen is null or (>= SnaplenMin and <= SnaplenMax)
        ? null
        : new(ProblemCodes.InvalidRequest, $"A snaplen is {SnaplenMin} to {SnaplenMax} bytes.", Field: "snaplen");

    /// <summary>What processing steps must be, in a specification and afterwards.</summary>
    public static Problem? CheckSteps(IReadOnlyList<ProcessingStep> steps)
    {
        if (steps.Count > StepsMax) return new(ProblemCodes.InvalidRequest, $"A job has at most {StepsMax} processing steps.", Field: "processing");
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is null) return new(ProblemCodes.InvalidRequest, "A processing step must not be null.", Field: $"processing[{i}]");
            if (!s_processors.Contains(steps[i].Processor))
                return new(ProblemCodes.UnknownProcessor, $"There is no such processor. There are: {string.Join(", ", s_processors)}.", Field: $"processing[{i}].processor");
            if (steps.Take(i).Any(s => s.Processor == steps[i].Processor))
                return new(ProblemCodes.InvalidRequest, "A built-in processor is named once: its files would replace each other.", Field: $"processing[{i}].processor");
        }

        return null;
    }

    private static Problem? CheckProcessing(JobSpec spec)
    {
        if (CheckSteps(spec.Processing) is { } problem) return problem;
        if (!spec.KeepRaw && spec.Processing.Count == 0)
            return new(ProblemCodes.InvalidRequest, "With keepRaw false and no processing nothing would be left of the job.", Field: "keepRaw");
        return null;
    }

    /// <summary>What labels must be, in a specification and afterwards.</summary>
    public static Problem? CheckLabels(IReadOnlyDictionary<string, string> labels)
    {
        if (labels.Count > LabelsMax) return new(ProblemCodes.InvalidRequest, $"A job has at most {LabelsMax} labels.", Field: "labels");
        var bad = labels.Any(l => l.Key.Length is 0 or > LabelKeyLengthMax || l.Value is null || l.Value.Length > LabelValueLengthMax || (l.Key + l.Value).Any(char.IsControl));
        return bad
            ? new(ProblemCodes.InvalidRequest, $"A label has a key of 1 to {LabelKeyLengthMax} and a value of up to {LabelValueLengthMax} characters without control characters.", Field: "labels")
            : null;
    }

    private static Problem? CheckStart(DateTimeOffset? start, DateTimeOffset now)
    {
        if (start is not { } at) return null;
        if (at < now - StartPastMax) return new(ProblemCodes.InvalidRequest, "The start is in the past. Leave startAt out to start at once.", Field: "startAt");
        return at > now + StartAheadMax ? new(ProblemCodes.InvalidRequest, "The start is more than a year ahead.", Field: "startAt") : null;
    }
}
