// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Silo.Hosting;

/// <summary>One process captures for a data folder: the system takes the lock (flock(2)) away from one that dies.</summary>
internal static class ProbeLock
{
    /// <exception cref="IOException">Another process has it, or the folder cannot be written to.</exception>
    public static FileStream Take(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, "probe.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new IOException($"Another process captures for '{dataFolder}'. End it, or name another folder by --data.", e);
        }
    }
}
