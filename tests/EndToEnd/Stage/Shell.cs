// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;

namespace Tci.EndToEnd.Stage;

/// <summary>How a program ended and what it said.</summary>
public sealed record Said(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}".TrimEnd();
}

/// <summary>Programs that are run to their end.</summary>
public static class Shell
{
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(30);

    /// <summary>Runs a program that has to succeed.</summary>
    public static string Run(params IReadOnlyList<string> command)
    {
        var said = Try(command, TimeMax);
        return said.ExitCode == 0 ? said.Output : throw new InvalidOperationException($"{string.Join(' ', command)}: {said}");
    }

    /// <summary>Runs a program; past its time it is killed, and that is an error.</summary>
    public static Said Try(IReadOnlyList<string> command, TimeSpan timeMax, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!Task.WhenAll(output, error, process.WaitForExitAsync()).Wait(timeMax))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', command)} took longer than {timeMax.TotalSeconds} s.");
        }

        return new Said(process.ExitCode, output.Result, error.Result);
    }
}
