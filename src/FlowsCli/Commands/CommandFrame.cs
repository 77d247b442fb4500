// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;

namespace Tci.FlowsCli.Commands;

/// <summary>What all subcommands have in common: how they run, how failures are told, and their options of the same meaning.</summary>
internal static class CommandFrame
{
    /// <summary>Runs the work on a thread of its own, so that an interrupt reaches the token, and turns what is expected to fail into a message and an exit code.</summary>
    public static Task<int> Run(TextWriter errors, Func<int> work, CancellationToken cancellation) => Task.Run(() => Guard(errors, work), cancellation);

    public static Option<string[]> Labels(string description)
    {
        var option = new Option<string[]>("--label") { Description = description, HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = false };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"'{token.Value}' is no label: it is KEY=VALUE, such as os_family=linux.");
        });
        return option;
    }

    /// <exception cref="ArgumentException">A key is not one of those allowed, or given twice.</exception>
    public static Dictionary<string, string> ReadLabels(string[]? labels, IReadOnlyList<string> allowed)
    {
        var read = new Dictionary<string, string>();
        foreach (var label in labels ?? [])
        {
            var (key, value) = (label[..label.IndexOf('=', StringComparison.Ordinal)], label[(label.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            if (!allowed.Contains(key))
                throw new ArgumentException($"There is no label '{key}'. The labels are {string.Join(", ", allowed)}.");
            if (!read.TryAdd(key, value))
                throw new ArgumentException($"The label {key} is given twice.");
        }
        return read;
    }

    /// <summary>Runs the work on this thread.</summary>
    public static int Guard(TextWriter errors, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            errors.WriteLine($"tci-flows: {error.Message}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("tci-flows: cancelled");
            return ExitCode.Failure;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            errors.WriteLine($"tci-flows: {error.Message}");
            return ExitCode.Failure;
        }
    }
}
