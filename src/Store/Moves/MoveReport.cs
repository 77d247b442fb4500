// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store.Moves;

/// <summary>How the programs tell of an export or import.</summary>
public static class MoveReport
{
    /// <summary>Runs it with its progress on standard output, and what went wrong on standard error; answers with the exit code.</summary>
    /// <param name="command">Program and command, for example <c>tci-server: export</c>.</param>
    /// <param name="move"><see cref="StoreExport.Run"/> or <see cref="StoreImport.Run"/>.</param>
    public static async Task<int> Run(string command, StoreOptions options, string folder, Func<StoreOptions, string, Action<string>, Task<long>> move)
    {
        try
        {
            Console.WriteLine($"Done: {await move(options, folder, Console.WriteLine)} rows.");
            return 0;
        }
        catch (Exception e) when (e is StoreUnavailableException or FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{command}: {e.Message}");
            return 1;
        }
    }
}
