// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Api.Tests;

/// <summary>Finds files of the repository that tests hold the product against.</summary>
internal static class RepositoryFiles
{
    public static string PathOf(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) folder = folder.Parent;
        Assert.IsNotNull(folder, "The tests run outside of the repository.");
        return Path.Combine(folder.FullName, relative);
    }
}
