// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;

namespace Tci.Scenarios.Hosts;

/// <summary>Finds and ends the engine processes of one scenario: those whose command line names its folder.</summary>
public static class EngineProcesses
{
    private static readonly TimeSpan s_endMax = TimeSpan.FromSeconds(10);

    /// <summary>Ids of the processes that work on one capture, not of their launcher.</summary>
    public static IReadOnlyList<int> OfCaptures(string folder) => [.. All(folder).Where(p => p.Command.Contains("/captures/", StringComparison.Ordinal)).Select(p => p.Id)];

    /// <summary>Ends launcher and captures and waits until they are gone.</summary>
    public static async Task End(string folder)
    {
        var deadline = DateTime.UtcNow + s_endMax;
        while (All(folder) is { Count: > 0 } left)
        {
            foreach (var (id, _) in left) Kill(id);
            if (DateTime.UtcNow > deadline) throw new TimeoutException($"Engine processes of {folder} do not end: {string.Join(", ", left)}");
            await Task.Delay(20);
        }
    }

    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It was gone already.
        }
    }

    private static List<(int Id, string Command)> All(string folder) =>
    [
        .. Directory.GetDirectories("/proc")
            .Select(d => (Id: int.TryParse(Path.GetFileName(d), out var id) ? id : 0, Command: Read(d)))
            .Where(p => p.Id > 0 && p.Command.Contains("tci-capture", StringComparison.Ordinal) && p.Command.Contains(folder, StringComparison.Ordinal)),
    ];

    private static string Read(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
