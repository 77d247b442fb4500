// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tci.FlowsCli.Commands;

/// <summary>
/// The help of a subcommand: what it is for at length, with examples, then its arguments and options. The platform's own
/// help would list the export's arguments with them, and all the length of it in the list of commands.
/// </summary>
internal sealed class SubcommandHelp(Command command, string usage, string text) : SynchronousCommandLineAction
{
    private const int NameColumns = 28;

    /// <summary>Help is an answer to a call that lacks arguments, too.</summary>
    public override bool ClearsParseErrors => true;

    public static void AddTo(Command command, string usage, string text) =>
        command.Options.Add(new HelpOption { Action = new SubcommandHelp(command, usage, text) });

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine($"{command.Description}\n\nUsage:\n  tci-flows {command.Name} {usage}\n\n{text}\n");
        foreach (var argument in command.Arguments)
            WriteEntry(output, $"<{argument.Name}>", argument.Description);
        foreach (var option in command.Options.Where(option => !option.Hidden))
            WriteEntry(output, Names(option), option.Description + Default(option));
        return ExitCode.Done;
    }

    private static string Names(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias is ['-', not '-']).Prepend(option.Name).OrderBy(name => name.Length));
        return option.HelpName is null ? names : $"{names} <{option.HelpName}>";
    }

    private static string Default(Option option) =>
        option is { HasDefaultValue: true, HelpName: not null } && option.GetDefaultValue() is { } value and not Array ? $" [default: {value}]" : "";

    private static void WriteEntry(TextWriter output, string name, string? description)
    {
        // A long name has a line of its own.
        var gap = name.Length < NameColumns ? name.PadRight(NameColumns) : $"{name}\n  {new string(' ', NameColumns)}";
        output.WriteLine($"  {gap}{description}");
    }
}
