// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Simulation.Probes;

namespace Tci.Simulation.Checking;

/// <summary>A data set is what lies on the probes: no file more, no file less, and the counters of the engines.</summary>
internal sealed class DataSetChecks(Simulation simulation, Checks checks)
{
    public void Check(JobView job, DataSet set)
    {
        var listed = set.Files.Select(f => $"{f.Capture} {f.Source}").Order(StringComparer.Ordinal).ToList();
        var there = job.Captures.Where(c => c.State == CaptureState.Collected).SelectMany(c => FilesOf(job, c)).Order(StringComparer.Ordinal).ToList();
        if (!listed.SequenceEqual(there)) checks.Fail($"The data set of {job.Id} lists [{string.Join("; ", listed)}], on its probes are [{string.Join("; ", there)}]");
        if (set.Files.DistinctBy(f => f.Path).Count() != set.Files.Count) checks.Fail($"The data set of {job.Id} has two files of one name: {string.Join("; ", set.Files.Select(f => f.Path))}");
        var manifest = set.Manifest;
        if (!manifest.Files.SequenceEqual(set.Files.Select(f => new ManifestFile(f.Path, f.Source.Size, f.Source.Sha256)))) checks.Fail($"Manifest and files of {job.Id} disagree.");
        if (Text(manifest.Captures) != Text(job.Captures) || Text(manifest.Runs) != Text(job.Runs)) checks.Fail($"Manifest and row of {job.Id} disagree.");
        if (manifest.State != job.State || manifest.Partial != job.Partial || manifest.Ended != job.Ended) checks.Fail($"The manifest of {job.Id} has another outcome than its row.");
        foreach (var capture in job.Captures.Where(c => c.State == CaptureState.Collected)) Counters(job, capture);
    }

    private IEnumerable<string> FilesOf(JobView job, JobCaptureView capture)
    {
        if (Directory(capture.Id) is not { Collected: { } collected } directory)
        {
            checks.Fail($"{capture.Id} is collected, and its probe has no files of it.");
            return [];
        }

        var steps = job.Runs.Where(r => r.Id.Capture == capture.Id && r.State == RunState.Done).Select(r => r.Id.Step);
        var files = collected.Files.Where(f => job.Spec.KeepRaw || !f.Raw).Concat(steps.SelectMany(s => directory.Runs.GetValueOrDefault(s)?.Files ?? []));
        return files.Select(f => $"{capture.Id} {f}");
    }

    private void Counters(JobView job, JobCaptureView capture)
    {
        var engine = Directory(capture.Id)?.Engine.Final?.Counters;
        if (Text(engine) != Text(capture.Counters)) checks.Fail($"{capture.Id}: the engine counted {Text(engine)}, the job says {Text(capture.Counters)}.");
        if (capture.Counters is not { } c) return;
        var sum = c.Stored.Packets + c.OutsideWindow.Packets + c.Filtered.Packets + c.SampledOut.Packets + c.InFlight.Packets + c.Dropped.Values.Sum(d => d.Packets);
        if (sum != c.Seen.Packets) checks.Fail($"The counters of {capture.Id} do not add up: {Text(c)}.");
        if (c.Stored.Packets > job.Spec.Limits.Packets || EngineTraffic.FileBytes(c.Stored.Packets) > job.Spec.Limits.Bytes) checks.Fail($"{capture.Id} stored more than its limits allow.");
    }

    private CaptureDirectory? Directory(CaptureId id) => simulation.Machines.Single(m => m.Host.Probe == id.Probe).Directories.GetValueOrDefault(id);

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, ContractJson.Options);
}
