// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using Tci.Probe.Interop;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Interop;

[TestClass]
public sealed class StructSizeTests
{
    [TestMethod]
    [DataRow(0u, 512, DisplayName = "tci_error")]
    [DataRow(1u, 16, DisplayName = "tci_amount")]
    [DataRow(2u, 192, DisplayName = "tci_counters")]
    [DataRow(3u, 536, DisplayName = "tci_status")]
    public void Every_struct_is_as_large_here_as_in_C(uint which, int bytes)
    {
        var here = which switch
        {
            0 => Unsafe.SizeOf<TciError>(),
            1 => Unsafe.SizeOf<TciAmount>(),
            2 => Unsafe.SizeOf<TciCounters>(),
            _ => Unsafe.SizeOf<TciStatus>(),
        };
        Assert.AreEqual(bytes, here, "tci_capture.h");
        RealEngine.Required();
        Assert.IsNull(LibraryLoader.Load());
        Assert.AreEqual((uint)here, Native.StructBytes(which), "the library that is loaded");
    }

    [TestMethod]
    public void Members_lie_where_the_header_asserts_them()
    {
        var status = default(TciStatus);
        Assert.AreEqual(24, Offset(ref status, ref status.CreatedUnixNs));
        Assert.AreEqual(80, Offset(ref status, ref status.FileBytes));
        Assert.AreEqual(88, Offset(ref status, ref status.Total));
        Assert.AreEqual(280, Offset(ref status, ref status.Message));
        Assert.AreEqual(160, Offset(ref status.Total, ref status.Total.InFlight));
    }

    private static long Offset<TWhole, TPart>(ref TWhole whole, ref TPart part) =>
        Unsafe.ByteOffset(ref Unsafe.As<TWhole, byte>(ref whole), ref Unsafe.As<TPart, byte>(ref part));
}
