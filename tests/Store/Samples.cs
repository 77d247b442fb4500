// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Store.Tests;

/// <summary>Records as grains would hand them in.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Caller Ann = new("ann", "192.0.2.7");

    public static JobSpec Spec(string name = "evening") => new()
    {
        Name = name,
        Points = [new PointId("local/veth0")],
        Filter = "tcp port 443",
        Limits = new JobLimits { Duration = TimeSpan.FromSeconds(10) },
        Processing = [new ProcessingStep { Processor = "flows", Parameters = JsonSerializer.SerializeToElement(new { mode = "full" }) }],
        Labels = new Dictionary<string, string> { ["site"] = "Brno – jih" },
    };

    public static JobSeed Seed(string id, DateTimeOffset? created = null, string? key = null) => new(new JobId(id), "ann", Spec(), created ?? Noon, key);

    public static JobView View(string id, int version, JobState state) => new()
    {
        Id = new JobId(id),
        Owner = "ann",
        Spec = Spec(),
        State = state,
        Created = Noon,
        Ended = state.IsFinal() ? Noon.AddMinutes(1) : null,
        Version = version,
    };

    public static JobEvent Event(string job, int sequence, JobState state, string text) => new(new JobId(job), sequence, Noon.AddSeconds(sequence), state, text);

    public static DataSet DataSet(string job)
    {
        var capture = new CaptureId($"local/{job}.0");
        var file = new DataFile("flow.csv", 12, new string('a', 64), "00000000", false);
        var manifest = new Manifest
        {
            Job = new JobId(job),
            Owner = "ann",
            State = JobState.Done,
            Partial = false,
            Created = Noon,
            Ended = Noon.AddMinutes(1),
            Spec = Spec(),
            Captures = [new JobCaptureView(capture, new PointId("local/veth0"), CaptureState.Collected, null, null, null)],
            Runs = [],
            Programs = new Dictionary<string, string> { ["tci"] = "0.1.0" },
            Files = [new ManifestFile("veth0/flow.csv", 12, file.Sha256)],
        };
        return new DataSet { Manifest = manifest, Files = [new DataSetFile("veth0/flow.csv", capture, file)] };
    }

    /// <summary>Records compare their lists by reference; as JSON they compare by content.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, ContractJson.Options);
}
