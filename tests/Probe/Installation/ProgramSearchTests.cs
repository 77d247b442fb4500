// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Installation;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Installation;

[TestClass]
public sealed class ProgramSearchTests
{
    [TestMethod]
    [DataRow("set/tool", "set", "home", DisplayName = "the folder that is named")]
    [DataRow("home/tool", null, "home", DisplayName = "beside the program")]
    [DataRow("out/bin/tool", null, "out/lib/tci-server", DisplayName = "the layout of the build")]
    [DataRow("out/bin/tool", null, "artifacts/bin/Tests/debug", DisplayName = "a developer's tree")]
    [DataRow("path/tool", null, "home", DisplayName = "PATH")]
    public void A_program_is_found(string at, string? bin, string home)
    {
        using var root = new TempFolder();
        Place(root, at);
        var found = Search(root, bin, home).Program("tool");
        Assert.IsNull(found.Problem);
        Assert.AreEqual(root.In(at), found.Value);
    }

    [TestMethod]
    public void What_is_named_comes_before_what_lies_around()
    {
        using var root = new TempFolder();
        foreach (var at in new[] { "set/tool", "home/tool", "out/bin/tool", "path/tool" }) Place(root, at);
        Assert.AreEqual(root.In("set/tool"), Search(root, "set", "home").Program("tool").Value);
    }

    [TestMethod]
    public void A_program_that_is_nowhere_is_a_problem_that_says_where_and_what_to_do()
    {
        using var root = new TempFolder();
        var problem = Search(root, "set", "home").Program("tool").Problem;
        Assert.IsNotNull(problem);
        Assert.AreEqual(ProblemCodes.EngineUnavailable, problem.Code);
        StringAssert.Contains(problem.Message, "tool was not found in " + root.In("set"));
        StringAssert.Contains(problem.Message, root.In("path"));
        StringAssert.Contains(problem.Message, "./tci build");
    }

    [TestMethod]
    [DataRow("out/lib/tci-server")]
    [DataRow("out/bin")]
    [DataRow("artifacts/bin/Tests/debug")]
    public void The_library_is_found_beside_the_programs(string home)
    {
        using var root = new TempFolder();
        Place(root, "out/lib/libtcicapture.so");
        Assert.AreEqual(root.In("out/lib/libtcicapture.so"), Search(root, null, home).Library().Value);
    }

    [TestMethod]
    public void A_library_that_is_named_is_taken_or_nothing()
    {
        using var root = new TempFolder();
        Place(root, "home/libtcicapture.so");
        Place(root, "other.so");
        var search = Search(root, null, "home");
        Assert.AreEqual(root.In("other.so"), (search with { CaptureLibrary = root.In("other.so") }).Library().Value);
        StringAssert.Contains((search with { CaptureLibrary = root.In("gone.so") }).Library().Problem!.Message, "TCI_CAPTURE_LIBRARY");
    }

    private static ProgramSearch Search(TempFolder root, string? bin, string home) =>
        new(bin is null ? null : root.In(bin), null, root.In(home) + "/", root.In("path"));

    private static void Place(TempFolder root, string at)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root.In(at))!);
        root.Write(at, "");
    }
}
