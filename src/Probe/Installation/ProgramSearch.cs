// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Installation;

/// <summary>
/// Where programs are looked for, in this order: TCI_BIN_DIR; the folder of the running program; the layout of the build around it (out/bin, out/lib,
/// out/lib/tci-server); an <c>out</c> folder in a parent, for a developer's tree; PATH, for programs.
/// </summary>
/// <param name="Bin">TCI_BIN_DIR, null where it is not set.</param>
/// <param name="CaptureLibrary">TCI_CAPTURE_LIBRARY; where it is set nothing else is looked at.</param>
/// <param name="Home">The folder of the running program.</param>
/// <param name="SearchPath">PATH.</param>
internal sealed record ProgramSearch(string? Bin, string? CaptureLibrary, string Home, string? SearchPath)
{
    private const string LibraryName = "libtcicapture.so";

    public static ProgramSearch OfThisProcess() => new(
        Set("TCI_BIN_DIR"), Set("TCI_CAPTURE_LIBRARY"), AppContext.BaseDirectory, Set("PATH"));

    public Answer<string> Program(string name) =>
        First(name, [.. Around("bin"), .. (SearchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)]);

    public Answer<string> Library()
    {
        if (CaptureLibrary is null) return First(LibraryName, Around("lib"));
        return File.Exists(CaptureLibrary)
            ? CaptureLibrary
            : new Problem(ProblemCodes.EngineUnavailable, $"TCI_CAPTURE_LIBRARY names {CaptureLibrary}, which is not there.");
    }

    private IEnumerable<string> Around(string kind)
    {
        if (Bin is not null) yield return kind == "bin" ? Bin : Path.Combine(Bin, "..", kind);
        yield return Home;
        yield return Path.Combine(Home, "..", "..", kind);
        yield return Path.Combine(Home, "..", kind);
        yield return Path.Combine(Home, "..");
        for (var folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Home)); folder is not null; folder = Path.GetDirectoryName(folder))
            yield return Path.Combine(folder, "out", kind);
    }

    private static Answer<string> First(string name, IEnumerable<string> folders)
    {
        var looked = new List<string>();
        foreach (var folder in folders.Select(Path.GetFullPath).Distinct())
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path)) return path;
            looked.Add(folder);
        }
        return new Problem(
            ProblemCodes.EngineUnavailable,
            $"{name} was not found in {string.Join(", ", looked)}. Run ./tci build, or name the folder of the programs in TCI_BIN_DIR.");
    }

    private static string? Set(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
