// SPDX-License-Identifier: BSD-3-Clause
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tci.FlowsCli.Commands;

/// <summary>Writes tables without colours, as wide as the terminal; wide where the output is a file or a pipe, so that nothing is cut.</summary>
internal static class PlainConsole
{
    private const int FileColumns = 240;

    public static void Write(TextWriter output, IRenderable content)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (Console.IsOutputRedirected || !ReferenceEquals(output, Console.Out))
            console.Profile.Width = FileColumns;
        console.Write(content);
    }
}
