// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Starts;

/// <summary>Starting where it cannot start: a sentence on standard error that says what stands in the way, and an exit code; never a stack trace.</summary>
public abstract class StartTests : EndToEnd
{
    [TestMethod]
    public async Task A_second_one_on_the_same_folder_refuses()
    {
        await Scene.Start();
        Refused(Scene.Server.RunOn(Scene.Server.Data, "127.0.0.1:0"), Scene.Server.Data);
        Assert.AreEqual(200, (await Api.Get("jobs")).Status, "The first does not mind.");
    }

    [TestMethod]
    public async Task A_port_in_use_is_named()
    {
        await Scene.Start();
        Refused(Scene.Server.RunOn(Path.Combine(Scene.Folder, "other"), $"127.0.0.1:{Api.Address.Port}"), $"127.0.0.1:{Api.Address.Port}");
    }

    [TestMethod]
    public void A_folder_that_is_a_file_is_named()
    {
        var file = Path.Combine(Scene.Folder, "file");
        File.WriteAllText(file, "");
        Refused(Scene.Server.RunOn(file, "127.0.0.1:0"), file);
        Refused(Scene.Server.RunOn(Path.Combine(file, "below"), "127.0.0.1:0"), file);
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_named()
    {
        var folder = Path.Combine(Scene.Folder, "fixed");
        Scene.Mount(folder, "ro,size=1m");
        Refused(Scene.Server.RunOn(folder, "127.0.0.1:0"), folder);
        Refused(Scene.Server.RunOn(Path.Combine(folder, "below"), "127.0.0.1:0"), folder);
    }

    [TestMethod]
    public void A_disk_without_room_is_named()
    {
        var folder = Path.Combine(Scene.Folder, "tiny");
        Scene.Mount(folder, "size=16k");
        Refused(Scene.Server.RunOn(folder, "127.0.0.1:0"), folder);
    }

    [TestMethod]
    public void A_damaged_database_is_named_and_left_alone()
    {
        Directory.CreateDirectory(Scene.Server.Data);
        var database = Path.Combine(Scene.Server.Data, "tci.db");
        var content = string.Concat(Enumerable.Repeat("not a database ", 1000));
        File.WriteAllText(database, content);
        Refused(Scene.Server.RunOn(Scene.Server.Data, "127.0.0.1:0"), database);
        Assert.AreEqual(content, File.ReadAllText(database));
    }

    [TestMethod]
    public void Bad_arguments_are_told_with_exit_code_2()
    {
        string[][] all = [["--colour", "red"], ["--listen", "nowhere"], ["--listen", "127.0.0.1:99999"], ["--listen"], ["--probe-id", "a/b"], ["sing"]];
        foreach (var arguments in all)
        {
            var said = Scene.Server.Run(arguments);
            Assert.AreEqual(2, said.ExitCode, $"{string.Join(' ', arguments)}: {said}");
            Assert.StartsWith($"{Program}: ", said.Error);
            Assert.DoesNotContain("   at ", said.Error);
        }
    }

    [TestMethod]
    public void Help_is_help()
    {
        var said = Scene.Server.Run("--help");
        Assert.AreEqual(0, said.ExitCode, said.ToString());
        Assert.Contains("--listen", said.Output);
    }

    private void Refused(Said said, string named)
    {
        Assert.AreEqual(1, said.ExitCode, said.ToString());
        Assert.Contains($"{Program}: ", said.Error);
        Assert.Contains(named, said.Error);
        // Orleans logs its own troubles while it shuts down; the log is on standard output.
        Assert.DoesNotContain("   at ", Program == "tci-silo" ? said.Error : said.Output + said.Error, "A stack trace.");
        Assert.IsEmpty(Scene.Processes.Launchers.Where(_ => !Scene.Server.IsUp), "It leaves no launcher.");
    }
}

[TestClass]
public sealed class StartTestsOnServer : StartTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class StartTestsOnSilo : StartTests
{
    protected override string Program => "tci-silo";
}
