// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Flows.Merging;
using Tci.Probe.Engine;

namespace Tci.Probe.Files;

/// <summary>
/// Turns what the engine left into what can be downloaded. May be cut short at any point and begun again: the engine's files go only when collected.json is
/// there; a single one is renamed, and then found in its new place.
/// </summary>
internal static class Collector
{
    /// <param name="progress">Told shares from 0 to 1.</param>
    /// <exception cref="InvalidDataException">The engine's files do not fit together; the message names one.</exception>
    /// <exception cref="IOException">The disk failed or is full.</exception>
    public static WorkResult Collect(CaptureDirectory directory, Action<double> progress, CancellationToken cancel)
    {
        var traffic = TrafficFiles.In(directory);
        // Merging reads every byte, hashing does it again.
        var bytes = Math.Max(1, traffic.Bytes);
        var cuts = Place(directory, traffic, done => progress(done / (2.0 * bytes)), cancel);
        JsonFile.WriteBytes(Path.Combine(directory.Data, "info.json"), InfoFile.Of(ReadSummary(directory)).ToBytes());

        var hashed = 0L;
        void Hashed(long step) => progress(Math.Min(1, 0.5 + ((hashed += step) / (2.0 * bytes))));
        var files = new List<DataFile>();
        if (File.Exists(directory.Traffic)) files.Add(FileHasher.Describe(directory.Data, "traffic.pcap", raw: true, Hashed, cancel));
        files.Add(FileHasher.Describe(directory.Data, "info.json", raw: false, Hashed, cancel));

        var result = new WorkResult(WorkState.Done, files, Cut(cuts));
        JsonFile.Write(directory.Collected, result);
        foreach (var file in traffic.All) File.Delete(file);
        return result;
    }

    private static IReadOnlyList<MergeCut> Place(CaptureDirectory directory, TrafficFiles traffic, Action<long> done, CancellationToken cancel)
    {
        if (traffic.Queues.Count == 0) return [];
        if (traffic.Single is { } single)
        {
            File.Move(single, directory.Traffic, overwrite: true);
            return [];
        }
        var beside = directory.In("merged.tmp");
        MergeResult merged;
        using (var output = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            merged = PcapMerge.Merge(traffic.Queues, output, done, cancel);
            output.Flush(flushToDisk: true);
        }
        File.Move(beside, directory.Traffic, overwrite: true);
        return merged.Cuts;
    }

    // A summary that cannot be read takes the facts along, not the packets; the capture's own problem says so already.
    private static SummaryFile? ReadSummary(CaptureDirectory directory)
    {
        try
        {
            return JsonFile.TryRead<SummaryFile>(directory.Summary, out var summary) ? summary : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Problem? Cut(IReadOnlyList<MergeCut> cuts) => cuts.Count == 0 ? null : new Problem(
        ProblemCodes.CaptureKilled,
        "The engine was ended while it wrote; left out is what followed the last whole packet: "
            + string.Join(", ", cuts.Select(cut => $"{cut.Bytes} bytes of {Path.GetFileName(cut.Path)} from byte {cut.Offset}")) + ".");
}
