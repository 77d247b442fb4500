// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Store.Tokens;

/// <summary>Writes a token to a file of mode 600, whole or not at all.</summary>
internal static class TokenFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, string token)
    {
        var part = path + ".part";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            // A new file and not an old one opened again, whose mode would stay what it was.
            File.Delete(part);
            using (var file = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                file.Write(Encoding.ASCII.GetBytes(token + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The administrator's token could not be written to '{path}': {e.Message} Make its folder writable and start again.", e);
        }
    }
}
