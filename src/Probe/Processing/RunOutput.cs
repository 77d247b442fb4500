// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Files;

namespace Tci.Probe.Processing;

/// <summary>Takes a run's results from its own folder into the capture's data folder.</summary>
internal static class RunOutput
{
    private const int FilesMax = 1000;

    /// <summary>Hashes and moves every file. Where a name belongs to the capture or another step, the file goes to <c>run.N/</c>.</summary>
    /// <exception cref="InvalidDataException">There is something that is no plain file, or too much of it.</exception>
    public static IReadOnlyList<DataFile> Take(CaptureDirectory directory, int step, string output, CancellationToken cancel)
    {
        var taken = Taken(directory, step);
        var files = new List<DataFile>();
        foreach (var path in Find(output))
        {
            var described = FileHasher.Describe(output, path, IsPackets(path), _ => { }, cancel);
            var name = taken.Contains(path) ? $"run.{step}/{path}" : path;
            files.Add(described with { Path = name });
            var target = Path.Combine(directory.Data, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(Path.Combine(output, path), target, overwrite: true);
        }
        return files;
    }

    private static List<string> Find(string output)
    {
        var found = new List<string>();
        foreach (var entry in new DirectoryInfo(output).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(output, entry.FullName);
            if (entry.LinkTarget is not null) throw new InvalidDataException($"The processor left a link, {path}; only files are taken.");
            if (path.Any(char.IsControl)) throw new InvalidDataException("The processor left a file with control characters in its name.");
            if (entry is DirectoryInfo) continue;
            found.Add(path);
            if (found.Count > FilesMax) throw new InvalidDataException($"The processor left more than {FilesMax} files.");
        }
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static HashSet<string> Taken(CaptureDirectory directory, int step)
    {
        var taken = new HashSet<string> { "traffic.pcap", "info.json" };
        foreach (var file in Directory.EnumerateFiles(directory.Path, "run.*.json").Where(file => file != directory.Run(step)))
        {
            if (JsonFile.TryRead<WorkResult>(file, out var other)) taken.UnionWith(other.Files.Select(f => f.Path));
        }
        return taken;
    }

    private static bool IsPackets(string path) => Path.GetExtension(path).ToLowerInvariant() is ".pcap" or ".pcapng" or ".cap";
}
