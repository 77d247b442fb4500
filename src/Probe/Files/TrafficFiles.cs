// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Files;

/// <summary>The engine's traffic files in a capture directory: <c>traffic.QUEUE.N.pcap</c>, with <c>.part</c> where the engine did not complete it.</summary>
internal sealed record TrafficFiles(IReadOnlyList<IReadOnlyList<string>> Queues)
{
    private const string Part = ".part";

    public IEnumerable<string> All => Queues.SelectMany(files => files);

    /// <summary>The one file that needs neither merging nor mending; null where there are several or it may break off.</summary>
    public string? Single => Queues is [[var file]] && !file.EndsWith(Part, StringComparison.Ordinal) ? file : null;

    public long Bytes => All.Sum(file => new FileInfo(file).Length);

    public static TrafficFiles In(CaptureDirectory directory) => new(
        [.. Directory.EnumerateFiles(directory.Path, "traffic.*")
            .Select(path => (Path: path, Place: PlaceOf(path)))
            .Where(file => file.Place is not null)
            .GroupBy(file => file.Place!.Value.Queue)
            .OrderBy(queue => queue.Key)
            .Select(queue => (IReadOnlyList<string>)[.. queue.OrderBy(file => file.Place!.Value.Number).Select(file => file.Path)])]);

    private static (int Queue, int Number)? PlaceOf(string path)
    {
        var parts = Path.GetFileName(path).Split('.');
        var whole = parts.Length == 4 || (parts.Length == 5 && "." + parts[4] == Part);
        return whole && parts[3] == "pcap" && int.TryParse(parts[1], out var queue) && int.TryParse(parts[2], out var number) ? (queue, number) : null;
    }
}
