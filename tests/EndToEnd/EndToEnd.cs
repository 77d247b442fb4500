// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd;

/// <summary>Tests against a real program: one is started for each test, and everything it made is gone afterwards, whatever the test did.</summary>
public abstract class EndToEnd
{
    public TestContext TestContext { get; set; } = null!;

    protected abstract string Program { get; }

    protected Scene Scene { get; private set; } = null!;

    protected Api Api => Scene.Api;

    [TestInitialize]
    public void Begin() => Scene = new Scene(Program);

    [TestCleanup]
    public async Task End()
    {
        if (Scene is null) return;
        if (TestContext.CurrentTestOutcome != UnitTestOutcome.Passed) TestContext.WriteLine(Scene.Server.Log);
        await Scene.DisposeAsync();
        Assert.IsEmpty(Scene.Processes.All(), "A process is left.");
        Assert.IsFalse(Directory.Exists(Scene.Folder), "The folder is left.");
    }
}
