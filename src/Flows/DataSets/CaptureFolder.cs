// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Captures;
using Tci.Flows.Merging;

namespace Tci.Flows.DataSets;

/// <summary>Makes the folder of one capture: traffic.pcap, flow.csv, info.json.</summary>
internal static class CaptureFolder
{
    public const string TrafficName = "traffic.pcap";
    public const string InfoName = "info.json";

    public static bool IsComplete(string path) =>
        File.Exists(Path.Combine(path, TrafficName)) && File.Exists(Path.Combine(path, FlowExporter.FileName)) && File.Exists(Path.Combine(path, InfoName));

    /// <summary>Makes all of it beside its place and moves it there. What was there is replaced. Returns damage in the inputs.</summary>
    public static IReadOnlyList<string> Make(
        CaptureDescription capture, string path, ExportOptions options, IProgress<ExportProgress>? progress, CancellationToken cancellation)
    {
        var part = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.part");
        Remove(part);
        Directory.CreateDirectory(part);
        try
        {
            WriteTraffic(capture, Path.Combine(part, TrafficName), cancellation);
            var problems = WriteFlows(capture, part, options, progress, cancellation);
            File.WriteAllBytes(Path.Combine(part, InfoName), capture.Info.ToBytes());
            Remove(path);
            Directory.Move(part, path);
            return problems;
        }
        catch
        {
            Remove(part);
            throw;
        }
    }

    /// <summary>Writes flow.csv of the capture into a folder; the files of the problems are named without their directories, so that they are the same from everywhere.</summary>
    public static IReadOnlyList<string> WriteFlows(
        CaptureDescription capture, string path, ExportOptions options, IProgress<ExportProgress>? progress, CancellationToken cancellation)
    {
        var result = FlowExporter.Run(capture.Traffic, path, options, progress, cancellation);
        return [.. result.Problems.Select(problem => $"{Path.GetFileName(problem.Path)}: {problem.Message}")];
    }

    // One plain pcap is kept as it is, to the byte; anything else becomes one.
    private static void WriteTraffic(CaptureDescription capture, string path, CancellationToken cancellation)
    {
        var queues = CaptureInputs.Resolve(capture.Traffic);
        if (queues is [[var file]] && IsPcap(file))
        {
            File.Copy(file, path);
            return;
        }
        using var merged = MergedCapture.Open(queues);
        using var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            PcapWriter.Write(merged, output, cancellation);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{capture.Name}: {error.Message}", error);
        }
    }

    private static bool IsPcap(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> magic = stackalloc byte[4];
        return file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
            && (IsMagic(BinaryPrimitives.ReadUInt32LittleEndian(magic)) || IsMagic(BinaryPrimitives.ReadUInt32BigEndian(magic)));
    }

    private static bool IsMagic(uint number) => number is PcapReader.MagicMicroseconds or PcapReader.MagicNanoseconds;

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
