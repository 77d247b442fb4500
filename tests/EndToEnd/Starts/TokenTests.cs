// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Starts;

/// <summary>The administrator's token: its file, and how it is replaced.</summary>
[TestClass]
public sealed class TokenTests : EndToEnd
{
    protected override string Program => "tci-server";

    [TestMethod]
    public async Task Its_file_is_for_its_owner_alone_and_the_log_does_not_hold_it()
    {
        await Scene.Start();
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Scene.Server.TokenFile));
        Assert.DoesNotContain(Api.Token!, Scene.Server.Log);
        Assert.Contains(Scene.Server.TokenFile, Scene.Server.Log, "How to sign in is said.");
    }

    [TestMethod]
    public async Task A_restart_keeps_it()
    {
        await Scene.Start();
        var before = Api.Token;
        Assert.AreEqual(0, await Scene.Server.End(TimeSpan.FromSeconds(15)));
        await Scene.Server.Start();
        Assert.AreEqual(before, Api.Token);
        Assert.AreEqual(200, (await Api.Get("jobs")).Status);
    }

    [TestMethod]
    public async Task It_is_replaced_beside_a_running_server_and_the_old_one_is_refused()
    {
        await Scene.Start();
        var before = Api.Token;
        Assert.AreEqual(200, (await Api.Get("jobs")).Status);
        var said = Scene.Server.Run("token", "--reset-admin", "--data", Scene.Server.Data);
        Assert.AreEqual(0, said.ExitCode, said.ToString());
        var refused = await Api.Get("jobs");
        Assert.AreEqual(401, refused.Status, refused.ToString());
        Api.Token = File.ReadAllText(Scene.Server.TokenFile).Trim();
        Assert.AreNotEqual(before, Api.Token);
        Assert.AreEqual(200, (await Api.Get("jobs")).Status);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Scene.Server.TokenFile));
    }

    [TestMethod]
    public void Where_there_is_no_server_nothing_is_made()
    {
        var said = Scene.Server.Run("token", "--reset-admin", "--data", Scene.Server.Data);
        Assert.AreEqual(1, said.ExitCode, said.ToString());
        Assert.Contains("--data", said.Error);
        Assert.IsFalse(Directory.Exists(Scene.Server.Data));
    }
}
