// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>What a list of jobs is asked to show, as it stands in the address.</summary>
internal sealed record JobFilterText
{
    public const int LabelsMax = 32;
    public const int LengthMax = 255;

    private static readonly string[] s_instants = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    public string[] State { get; init; } = [];

    public string[] Priority { get; init; } = [];

    public string[] Label { get; init; } = [];

    public string? Owner { get; init; }

    public string? Point { get; init; }

    public string? Text { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>The filter, or the first thing wrong with it.</summary>
    public Answer<JobFilter> Read()
    {
        if (TooLong() is { } name) return Bad($"'{name}' has at most {LengthMax} characters.", name);
        if (!TryNames<JobState>(State, out var states)) return Bad($"A state is one of {string.Join(", ", Enum.GetNames<JobState>())}; for several repeat the parameter.", "state");
        if (!TryNames<JobPriority>(Priority, out var priorities))
            return Bad($"A priority is one of {string.Join(", ", Enum.GetNames<JobPriority>())}; for several repeat the parameter.", "priority");
        if (Label.Length > LabelsMax || Label.Any(l => l.Length == 0 || l[0] == '=')) return Bad($"A label is KEY or KEY=VALUE; at most {LabelsMax} are asked for.", "label");
        var point = default(PointId);
        if (Point is not null && !PointId.TryParse(Point, out point)) return Bad("A point is PROBE/NAME, for example local/eth0.", "point");
        if (!TryInstant(From, out var from)) return Bad(InstantForm("from"), "from");
        if (!TryInstant(To, out var to)) return Bad(InstantForm("to"), "to");
        return new JobFilter
        {
            States = states,
            Priorities = priorities,
            Owner = Owner,
            Point = Point is null ? null : point,
            Labels = [.. Label.Select(ReadLabel)],
            Text = Text,
            From = from,
            To = to,
        };
    }

    private string? TooLong() => new[] { ("owner", Owner), ("text", Text), ("label", Label.MaxBy(l => l.Length)) }
        .Where(p => p.Item2?.Length > LengthMax).Select(p => p.Item1).FirstOrDefault();

    private static string InstantForm(string name) => $"'{name}' is a day or an instant in ISO 8601, for example 2026-03-01 or 2026-03-01T12:00:00Z; write the plus of an offset as %2B.";

    private static KeyValuePair<string, string?> ReadLabel(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new(text, null) : new(text[..equals], text[(equals + 1)..]);
    }

    private static bool TryNames<T>(string[] texts, [NotNullWhen(true)] out List<T>? values) where T : struct, Enum
    {
        var isKnown = texts.All(t => Enum.GetNames<T>().Contains(t, StringComparer.OrdinalIgnoreCase));
        values = isKnown ? [.. texts.Select(t => Enum.Parse<T>(t, ignoreCase: true)).Distinct()] : null;
        return isKnown;
    }

    private static bool TryInstant(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null) return true;
        if (!DateTimeOffset.TryParseExact(text, s_instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)) return false;
        instant = read;
        return true;
    }

    private static Problem Bad(string message, string field) => new(ProblemCodes.InvalidRequest, message, Field: field);
}
