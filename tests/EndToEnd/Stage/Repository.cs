// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.EndToEnd.Stage;

/// <summary>The tree the tests were built in, and the programs `./tci build` made there.</summary>
public static class Repository
{
    public static readonly string Root = Find();

    /// <summary>The path of a program; the test is skipped where it was not built.</summary>
    public static string Program(string name)
    {
        var path = Path.Combine(Root, "out", "bin", name);
        if (!File.Exists(path))
        {
            Assert.Inconclusive(name == "tci-silo"
                ? "There is no out/bin/tci-silo: Microsoft Orleans could not be restored when ./tci build ran."
                : $"There is no out/bin/{name}: run ./tci build.");
        }

        return path;
    }

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Tci.sln"))) return folder;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no tree with a Tci.sln.");
    }
}
