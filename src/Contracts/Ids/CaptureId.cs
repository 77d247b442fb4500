// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Serialization;

namespace Tci.Contracts;

/// <summary>Names a capture as <c>probe/job.n</c>, n from 0 in the order of the job's points. Placement reads the probe from it.</summary>
[JsonConverter(typeof(IdConverter<CaptureId>))]
public readonly record struct CaptureId(string Value) : IId<CaptureId>
{
    public CaptureId(ProbeId probe, JobId job, int index) : this($"{probe.Value}/{job.Value}.{index}")
    {
    }

    [JsonIgnore]
    public ProbeId Probe => new(Value[..Value.IndexOf('/', StringComparison.Ordinal)]);

    [JsonIgnore]
    public JobId Job => new(Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..Value.IndexOf('.', Value.IndexOf('/', StringComparison.Ordinal))]);

    /// <summary>The capture's directory name on its probe, <c>job-….n</c>.</summary>
    [JsonIgnore]
    public string Folder => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public static bool TryParse(string? text, out CaptureId id)
    {
        id = new(text ?? "");
        return IdText.IsPair(text) && CaptureFolder.IsValid(id.Folder, 1);
    }

    public override string ToString() => Value;
}
