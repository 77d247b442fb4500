// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.Contracts.Tests;

/// <summary>Files under tests/golden that hold what must not change by accident.</summary>
internal static class Golden
{
    /// <summary>Compares with the golden file. A deliberate change is written with TCI_GOLDEN=write and reviewed like code.</summary>
    public static void Check(string name, string actual)
    {
        var path = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("TCI_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.IsTrue(File.Exists(path), $"There is no golden file {name}. Make it with TCI_GOLDEN=write and review it.");
        var (was, now) = (File.ReadAllText(path).Split('\n'), actual.Split('\n'));
        var lost = was.Except(now).Select(l => "- " + l).Concat(now.Except(was).Select(l => "+ " + l));
        if (!was.SequenceEqual(now))
            Assert.Fail($"{name} differs. Published contracts are only added to; if that is what happened, refresh with TCI_GOLDEN=write.\n{string.Join('\n', lost)}");
    }

    private static string Folder()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (Directory.Exists(Path.Combine(d.FullName, "tests", "golden")) || File.Exists(Path.Combine(d.FullName, "Directory.Build.props")))
                return Path.Combine(d.FullName, "tests", "golden");
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
