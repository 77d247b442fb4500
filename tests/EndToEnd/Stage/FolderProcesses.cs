// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.EndToEnd.Stage;

/// <summary>The processes of one scene: those whose command line names its folder.</summary>
public sealed class FolderProcesses(string folder)
{
    private static readonly TimeSpan s_endMax = TimeSpan.FromSeconds(10);

    /// <summary>Engine processes at work on a capture.</summary>
    public IReadOnlyList<int> Captures => Of("tci-capture", "/captures/");

    /// <summary>The engine's launcher.</summary>
    public IReadOnlyList<int> Launchers => Of("tci-capture", "serve");

    /// <summary>Ends them all and waits until they are gone.</summary>
    public async Task End()
    {
        var deadline = DateTime.UtcNow + s_endMax;
        while (All() is { Count: > 0 } left)
        {
            if (DateTime.UtcNow > deadline) throw new TimeoutException($"Processes of {folder} do not end: {string.Join("; ", left)}");
            foreach (var (id, _) in left) Libc.Signal(id, Libc.SigKill);
            await Task.Delay(20);
        }
    }

    public List<(int Id, string Command)> All() =>
    [
        .. Directory.GetDirectories("/proc")
            .Select(d => (Id: int.TryParse(Path.GetFileName(d), out var id) ? id : 0, Command: CommandLine(d)))
            .Where(p => p.Id > 0 && p.Id != Environment.ProcessId && p.Command.Contains(folder, StringComparison.Ordinal)),
    ];

    private List<int> Of(params string[] words) => [.. All().Where(p => words.All(w => p.Command.Contains(w, StringComparison.Ordinal))).Select(p => p.Id)];

    private static string CommandLine(string process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "cmdline"))).Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
