// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Serialization;

namespace Tci.Contracts;

/// <summary>Names a run as <c>probe/job.n.s</c>: step s of the job's processing over its capture n.</summary>
[JsonConverter(typeof(IdConverter<RunId>))]
public readonly record struct RunId(string Value) : IId<RunId>
{
    public RunId(CaptureId capture, int step) : this($"{capture.Value}.{step}")
    {
    }

    /// <summary>The capture the run belongs to.</summary>
    [JsonIgnore]
    public CaptureId Capture => new(Value[..Value.LastIndexOf('.')]);

    [JsonIgnore]
    public int Step => int.Parse(Value.AsSpan(Value.LastIndexOf('.') + 1));

    public static bool TryParse(string? text, out RunId id)
    {
        id = new(text ?? "");
        return text is not null && IdText.IsPair(text) && CaptureFolder.IsValid(text[(text.IndexOf('/', StringComparison.Ordinal) + 1)..], 2);
    }

    public override string ToString() => Value;
}
