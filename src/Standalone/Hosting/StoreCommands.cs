// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using Tci.Store;
using Tci.Store.Moves;

namespace Tci.Standalone.Hosting;

/// <summary><c>tci-server export</c> and <c>import</c>: an installation from one database into another.</summary>
internal static class StoreCommands
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Folder of the export: made by export, read by import." };

    public static Command Export(Func<ParseResult, ServerOptions> options) => Make(
        "export",
        "Writes all that the store holds (jobs, events, audit, tokens, states; no packets) into a new folder. No server may run on it.",
        options,
        StoreExport.Run);

    public static Command Import(Func<ParseResult, ServerOptions> options) => Make(
        "import",
        "Fills an empty store from an export, SQLite or PostgreSQL. It is checked to its end before anything is written, and written whole or not at all.",
        options,
        StoreImport.Run);

    private static Command Make(string name, string about, Func<ParseResult, ServerOptions> options, Func<StoreOptions, string, Action<string>, Task<long>> work)
    {
        var command = new Command(name, about) { s_folder };
        command.SetAction((parsed, _) => MoveReport.Run($"tci-server: {name}", options(parsed).Store(), parsed.GetValue(s_folder)!, work));
        return command;
    }
}
