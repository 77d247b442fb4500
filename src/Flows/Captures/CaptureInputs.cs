// SPDX-License-Identifier: BSD-3-Clause
using System.Text.RegularExpressions;

namespace Tci.Flows.Captures;

/// <summary>
/// What an input names: a file, standard input, or the directory of a capture. Its queues are independent streams
/// to be merged by time; the files of one queue follow each other.
/// </summary>
internal static partial class CaptureInputs
{
    public const string StandardInput = "-";
    public const string StandardInputName = "standard input";

    private static readonly string[] WholeNames =
        ["traffic.pcap", "traffic.pcapng", "traffic.pcap.gz", "traffic.pcapng.gz", "traffic.pcap.zst", "traffic.pcapng.zst"];

    /// <summary>The files of each queue of all inputs, in the order of the inputs.</summary>
    /// <exception cref="IOException">A directory holds no capture.</exception>
    /// <exception cref="ArgumentException">Standard input is named twice.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Resolve(IReadOnlyList<string> inputs)
    {
        if (inputs.Count(input => input == StandardInput) > 1)
            throw new ArgumentException("Standard input (-) can be read once only.", nameof(inputs));
        return [.. inputs.SelectMany(input => Directory.Exists(input) ? OfDirectory(input) : [[input]])];
    }

    /// <summary>Sum of the sizes in bytes; 0 when one of them is not known.</summary>
    public static long TotalBytes(IEnumerable<IReadOnlyList<string>> queues)
    {
        var total = 0L;
        foreach (var file in queues.SelectMany(files => files))
        {
            // Standard input and pipes have no size.
            if (file == StandardInput || new FileInfo(file) is { Exists: true, Length: 0 })
                return 0;
            total += new FileInfo(file).Length;
        }
        return total;
    }

    /// <summary>
    /// The queues of a capture directory: the merged file where there is one, else <c>traffic.QUEUE.N.pcap</c> in the
    /// order of N, with <c>.part</c> where the engine did not complete it.
    /// </summary>
    private static IReadOnlyList<string>[] OfDirectory(string directory)
    {
        var whole = WholeNames.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
        if (whole is not null)
            return [[whole]];
        var queues = Directory.EnumerateFiles(directory, "traffic.*")
            .Select(path => (Path: path, Name: QueueFile().Match(Path.GetFileName(path))))
            .Where(file => file.Name.Success)
            .Select(file => (file.Path, Queue: int.Parse(file.Name.Groups[1].Value), Number: int.Parse(file.Name.Groups[2].Value)))
            .GroupBy(file => file.Queue)
            .OrderBy(queue => queue.Key)
            .Select(queue => (IReadOnlyList<string>)[.. queue.OrderBy(file => file.Number).ThenBy(file => file.Path, StringComparer.Ordinal).Select(file => file.Path)])
            .ToArray();
        return queues.Length > 0
            ? queues
            : throw new IOException($"{directory} is not the directory of a capture: it has neither traffic.pcap nor traffic.QUEUE.N.pcap.");
    }

    // Nine digits at most, so that they fit an int.
    [GeneratedRegex(@"\Atraffic\.([0-9]{1,9})\.([0-9]{1,9})\.pcap(\.part)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex QueueFile();
}
