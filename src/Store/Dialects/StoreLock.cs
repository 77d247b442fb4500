// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store.Dialects;

/// <summary>Keeps a second server off the same database by a lock (flock) on <c>FILE.lock</c>; the kernel gives it back when the process dies.</summary>
internal sealed class StoreLock(string databasePath) : IDisposable
{
    private FileStream? _held;

    public void Take()
    {
        var path = databasePath + ".lock";
        try
        {
            _held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException($"Another process uses '{databasePath}' (it holds '{path}'). End that server, or name another data folder.", e);
        }
    }

    public void Dispose() => _held?.Dispose();
}
