// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;

namespace Tci.Flows.Tests.Peers;

/// <summary>
/// A program of others that is compared with, where it is on the machine: named by an environment variable, or on the
/// PATH. Tests that need one which is missing are skipped and say so.
/// </summary>
internal sealed class PeerProgram(string path)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);

    /// <param name="name">As it is called on the PATH.</param>
    /// <param name="variable">Names the program; set to nothing it says that there is none.</param>
    /// <param name="beside">Looked for beside this program too; null where the name alone tells enough.</param>
    public static PeerProgram Need(string name, string variable, PeerProgram? beside = null)
    {
        if (Find(name, variable, beside) is not { } path)
        {
            Assert.Inconclusive($"{name} is not on this machine (neither on the PATH nor named by {variable}), so there is nothing to compare with.");
            throw new InvalidOperationException();
        }
        return new PeerProgram(path);
    }

    /// <summary>Starts it; the caller ends it with <see cref="Finish"/>.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end, within a minute, and gives standard output.</summary>
    public static string Finish(Process child)
    {
        using var ended = child;
        var output = child.StandardOutput.ReadToEndAsync();
        var errors = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(s_deadline))
        {
            child.Kill();
            Assert.Fail($"{child.StartInfo.FileName} did not end within {s_deadline}.");
        }
        Assert.AreEqual(0, child.ExitCode, $"{child.StartInfo.FileName}: {errors.Result}");
        return output.Result;
    }

    private static string? Find(string name, string variable, PeerProgram? beside)
    {
        if (Environment.GetEnvironmentVariable(variable) is { } named)
            return named.Length > 0 ? named : null;
        if (beside is not null)
            return Existing(Path.Combine(beside.Folder, name));
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return places.Select(place => Existing(Path.Combine(place, name))).FirstOrDefault(found => found is not null);
    }

    private string Folder => Path.GetDirectoryName(path)!;

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
