// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Programs;

/// <summary><c>./tci demo</c>: a data set, and nothing left behind.</summary>
[TestClass]
public sealed class DemoTests
{
    /// <summary>The demo builds first what has changed, which on a busy machine takes minutes.</summary>
    private static readonly TimeSpan s_demoMax = TimeSpan.FromSeconds(400);

    [TestMethod]
    public async Task It_leaves_a_data_set_and_nothing_else()
    {
        Repository.Program("tci-server");
        var folder = Directory.CreateTempSubdirectory("tci-e2e-demo-").FullName;
        var processes = new FolderProcesses(folder);
        try
        {
            var zip = Path.Combine(folder, "demo.zip");
            var temporary = Path.Combine(folder, "tmp");
            Directory.CreateDirectory(temporary);
            var said = Shell.Try([Path.Combine(Repository.Root, "tci"), "demo", "--out", zip], s_demoMax, environment: new Dictionary<string, string> { ["TMPDIR"] = temporary });

            Assert.AreEqual(0, said.ExitCode, said.ToString());
            var dataSet = DataSetZip.Read(File.ReadAllBytes(zip));
            CollectionAssert.IsSubsetOf(new[] { "traffic.pcap", "flow.csv", "info.json" }, dataSet.Paths.ToArray());
            Assert.IsGreaterThan(5, dataSet.Flows().Count);
            Assert.IsEmpty(processes.All(), "A process is left.");
            CollectionAssert.AreEquivalent(new[] { zip, temporary }, Directory.GetFileSystemEntries(folder));
            var left = Directory.GetFileSystemEntries(temporary, "tci-*"); // a build leaves things of the SDK's own
            Assert.IsEmpty(left, $"Left: {string.Join(", ", left)}");
        }
        finally
        {
            await processes.End();
            Directory.Delete(folder, recursive: true);
        }
    }
}
