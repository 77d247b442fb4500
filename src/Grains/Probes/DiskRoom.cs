// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Probes;

/// <summary>Whether a probe's disk has room for one more capture. Decides on the record alone.</summary>
internal static class DiskRoom
{
    /// <summary>Set aside for a capture whose bytes nothing bounds: enough to begin with; the engine ends it cleanly when the disk is full.</summary>
    public const long UnboundedBytes = 64L << 20;

    /// <summary>Never given away: the database and the logs may live on the same disk.</summary>
    public const long KeepFreeBytes = 128L << 20;

    public static long Reserved(ProbeRecord probe) => probe.Disk.Sum(d => d.Bytes);

    /// <summary>
    /// Null where the bytes fit. What running captures have written already counts twice, as reserved and as no longer free: the error is on the safe side.
    /// </summary>
    public static string? Obstacle(ProbeRecord probe, ReserveDisk request)
    {
        var wanted = request.Bytes ?? UnboundedBytes;
        var others = probe.Disk.Where(d => d.Capture != request.Capture).Sum(d => d.Bytes);
        var room = probe.Last!.DiskFreeBytes - KeepFreeBytes - others;
        return wanted <= room ? null : $"It needs {wanted} bytes of disk on its probe; {Math.Max(0, room)} are free beyond what is set aside and the {KeepFreeBytes} that always stay free.";
    }

    public static void Reserve(ProbeRecord probe, ReserveDisk request)
    {
        probe.Disk.RemoveAll(d => d.Capture == request.Capture);
        probe.Disk.Add(new DiskPlace(request.Capture, request.Bytes ?? UnboundedBytes, request.Until));
    }
}
