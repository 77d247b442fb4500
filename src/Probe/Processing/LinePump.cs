// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Probe.Processing;

/// <summary>Drains a child's output line by line in bounded memory; the rest of a line that is too long is dropped.</summary>
internal static class LinePump
{
    private const int LineCharactersMax = 4096;
    private const int BlockCharacters = 4096;

    public static async Task Run(TextReader from, Action<string> line)
    {
        var block = new char[BlockCharacters];
        var current = new StringBuilder();
        for (int read; (read = await from.ReadAsync(block)) > 0;)
        {
            for (var i = 0; i < read; i++)
            {
                if (block[i] == '\n')
                {
                    line(current.ToString());
                    current.Clear();
                }
                else if (current.Length < LineCharactersMax)
                {
                    current.Append(block[i]);
                }
            }
        }
        if (current.Length > 0) line(current.ToString());
    }
}
