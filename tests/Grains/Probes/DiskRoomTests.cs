// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Probes;

namespace Tci.Grains.Tests.Probes;

[TestClass]
public sealed class DiskRoomTests
{
    private static readonly DateTimeOffset s_until = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static ProbeRecord Free(long bytes) => new() { Last = new ProbeReport("h", "1", bytes, []) };

    private static ReserveDisk Ask(int n, long? bytes) => new(new CaptureId($"local/job-{n}.0"), bytes, s_until);

    [TestMethod]
    public void What_is_set_aside_for_others_and_what_is_kept_free_is_not_given_away()
    {
        var probe = Free(DiskRoom.KeepFreeBytes + 100);
        Assert.IsNull(DiskRoom.Obstacle(probe, Ask(1, 60)));
        DiskRoom.Reserve(probe, Ask(1, 60));
        StringAssert.Contains(DiskRoom.Obstacle(probe, Ask(2, 60)), "40 are free");
        Assert.IsNull(DiskRoom.Obstacle(probe, Ask(2, 40)));
    }

    [TestMethod]
    public void Asking_again_counts_once()
    {
        var probe = Free(DiskRoom.KeepFreeBytes + 100);
        DiskRoom.Reserve(probe, Ask(1, 60));
        Assert.IsNull(DiskRoom.Obstacle(probe, Ask(1, 100)));
        DiskRoom.Reserve(probe, Ask(1, 100));
        Assert.AreEqual(100, DiskRoom.Reserved(probe));
    }

    [TestMethod]
    public void A_capture_without_a_bound_sets_a_fixed_amount_aside()
    {
        Assert.IsNotNull(DiskRoom.Obstacle(Free(DiskRoom.KeepFreeBytes + DiskRoom.UnboundedBytes - 1), Ask(1, null)));
        Assert.IsNull(DiskRoom.Obstacle(Free(DiskRoom.KeepFreeBytes + DiskRoom.UnboundedBytes), Ask(1, null)));
    }
}
