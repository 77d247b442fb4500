// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store.Dialects;

/// <summary>Makes the database file readable by its owner alone; SQLite gives its journal files the same mode.</summary>
internal static class StoreFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Make(string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = OwnerOnly };
            using var file = new FileStream(path, how);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The database file '{path}' cannot be opened or made: {e.Message} Name a file in a folder this user can write to.", e);
        }
    }
}
