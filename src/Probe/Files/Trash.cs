// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Probe.Work;

namespace Tci.Probe.Files;

/// <summary>Deletes without making anybody wait: what is thrown is gone from its place at once and from the disk soon after, also over a restart.</summary>
internal sealed class Trash(ProbeOptions options, BackgroundWork work, ILogger<Trash> log) : IHostedService
{
    private readonly string _folder = Path.GetFullPath(Path.Combine(options.DataFolder, "deleting"));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        work.Deleting.TryAdd(_ => Empty());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes a file or folder out of its place; harmless where it is not there.</summary>
    public void Throw(string path)
    {
        var isFolder = Directory.Exists(path);
        if (!isFolder && !File.Exists(path)) return;
        Directory.CreateDirectory(_folder);
        var target = Path.Combine(_folder, Guid.NewGuid().ToString("n"));
        if (isFolder)
            Directory.Move(path, target);
        else
            File.Move(path, target);
        // Where the queue is full, the next start empties the folder.
        work.Deleting.TryAdd(_ => Remove(target));
    }

    private void Empty()
    {
        if (!Directory.Exists(_folder)) return;
        foreach (var path in Directory.EnumerateFileSystemEntries(_folder)) Remove(path);
    }

    private void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
        catch (Exception e) when (DiskTrouble.Is(e))
        {
            Log.NotDeleted(log, path, e);
        }
    }
}
