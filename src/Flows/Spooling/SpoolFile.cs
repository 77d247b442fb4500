// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Spooling;

/// <summary>Temporary files for what does not fit into memory.</summary>
internal static class SpoolFile
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Opens a file in the directory whose name is gone at once, so that nothing is left behind however the process ends.</summary>
    /// <exception cref="IOException">The directory cannot be written (also <see cref="UnauthorizedAccessException"/>).</exception>
    public static FileStream Open(string directory)
    {
        var path = Path.Combine(directory, $".spool.{Path.GetRandomFileName()}");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, BufferBytes);
        try
        {
            File.Delete(path);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
