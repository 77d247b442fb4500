// SPDX-License-Identifier: BSD-3-Clause
using Tci.Probe.Interop;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Interop;

[TestClass]
public sealed class CaptureLibraryTests
{
    [TestMethod]
    public void A_folder_without_a_capture_is_an_outcome()
    {
        RealEngine.Required();
        using var folder = new TempFolder();
        var outcome = CaptureLibrary.Open(folder.Path, out var handle);
        Assert.IsNull(handle);
        Assert.AreEqual(TciCode.NoCapture, outcome.Code);
        Assert.AreNotEqual("", outcome.Message);
    }

    [TestMethod]
    public void Without_a_launcher_every_question_is_answered_so()
    {
        RealEngine.Required();
        using var folder = new TempFolder();
        var socket = folder.In("none.sock");
        var time = TimeSpan.FromSeconds(1);
        Assert.AreEqual(TciCode.NoLauncher, CaptureLibrary.Launch(socket, null, time).Code);
        Assert.AreEqual(TciCode.NoLauncher, CaptureLibrary.Start(socket, folder.Path, time, out _).Code);
        Assert.AreEqual(TciCode.NoLauncher, CaptureLibrary.CheckFilter(socket, "tcp", time, out _).Code);
        Assert.AreEqual(TciCode.NoLauncher, CaptureLibrary.ListSources(socket, time, out _).Code);
        Assert.AreEqual(TciCode.NoLauncher, CaptureLibrary.Repair(socket, folder.Path, time).Code);
    }

    [TestMethod]
    public void Text_of_the_engine_cannot_steer_a_terminal() =>
        Assert.AreEqual("a [31mb", NativeOutcome.Text("a\e[31mb\0c"u8));
}
