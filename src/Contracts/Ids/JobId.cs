// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Serialization;

namespace Tci.Contracts;

/// <summary>Names a job, <c>job-</c> and up to 60 letters, digits or dashes; derived from owner and idempotency key where there is one.</summary>
[JsonConverter(typeof(IdConverter<JobId>))]
public readonly record struct JobId(string Value) : IId<JobId>
{
    public static bool TryParse(string? text, out JobId id)
    {
        id = new(text ?? "");
        return text is { Length: > 4 } && text.StartsWith("job-", StringComparison.Ordinal) && IdText.IsPart(text) && !text.Contains('.', StringComparison.Ordinal);
    }

    public override string ToString() => Value;
}
