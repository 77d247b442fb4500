// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using Tci.Store.Moves;

namespace Tci.Silo.Hosting;

/// <summary><c>tci-silo import</c>: takes over the installation of a one-machine server, as <c>tci-server export</c> wrote it.</summary>
internal static class SiloImport
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Folder that 'tci-server export' made." };

    public static Command Command(Func<ParseResult, SiloProgramOptions> options)
    {
        var command = new Command("import", "Fills an empty store from an export. It is checked to its end before anything is written, and written whole or not at all.") { s_folder };
        command.SetAction((parsed, _) => MoveReport.Run("tci-silo: import", options(parsed).Store(), parsed.GetValue(s_folder)!, StoreImport.Run));
        return command;
    }
}
