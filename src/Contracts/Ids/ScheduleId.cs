// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Serialization;

namespace Tci.Contracts;

/// <summary>Names a schedule, <c>schedule-</c> and up to 48 letters, digits or dashes.</summary>
[JsonConverter(typeof(IdConverter<ScheduleId>))]
public readonly record struct ScheduleId(string Value) : IId<ScheduleId>
{
    private const string Prefix = "schedule-";

    /// <summary>The ids of its jobs carry the name and an instant.</summary>
    private const int NameLengthMax = 48;

    public static bool TryParse(string? text, out ScheduleId id)
    {
        id = new(text ?? "");
        return text is not null && text.Length > Prefix.Length && text.Length <= Prefix.Length + NameLengthMax && text.StartsWith(Prefix, StringComparison.Ordinal) && IdText.IsPart(text)
            && !text.Contains('.', StringComparison.Ordinal);
    }

    public override string ToString() => Value;
}
