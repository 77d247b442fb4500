// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Standalone.Hosting;
using Tci.Store;

namespace Tci.Standalone.Tests.Hosting;

[TestClass]
public sealed class AuditCommandTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tci-audit-").FullName;

    private string DatabaseFile => Path.Combine(_folder, "tci.db");

    [TestInitialize]
    public async Task Write()
    {
        var services = new ServiceCollection().AddLogging().AddTciStore(new StoreOptions { Path = DatabaseFile });
        await using var provider = services.BuildServiceProvider();
        var audit = provider.GetRequiredService<IAudit>();
        for (var i = 0; i < 5; i++) await audit.Write(new AuditEntry(DateTimeOffset.UtcNow, new Caller("ann", "::1"), "job.cancel", $"job-{i}", "accepted"));
    }

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task Check_is_content_with_what_is_whole_and_fails_once_a_row_was_changed()
    {
        Assert.AreEqual(0, await ServerCommand.Run(["audit", "check", "--data", _folder]));
        Assert.AreEqual(1, await ServerCommand.Run(["audit", "check", "--data", _folder, "--last", new string('a', 64)]));
        await using (var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var change = connection.CreateCommand();
            change.CommandText = "UPDATE audit SET account = 'eve' WHERE number = 3";
            Assert.AreEqual(1, await change.ExecuteNonQueryAsync());
        }

        Assert.AreEqual(1, await ServerCommand.Run(["audit", "check", "--data", _folder]));
        Assert.AreEqual(0, await ServerCommand.Run(["audit", "export", "--data", _folder, "--after", "4"]));
    }

    [TestMethod]
    public async Task A_folder_without_a_store_and_half_an_issuer_are_refused()
    {
        Assert.AreEqual(1, await ServerCommand.Run(["audit", "check", "--data", Path.Combine(_folder, "none")]));
        Assert.AreEqual(2, await ServerCommand.Run(["run", "--data", _folder, "--oidc-authority", "https://login.example.org"]));
        Assert.AreEqual(2, await ServerCommand.Run(["run", "--data", _folder, "--oidc-authority", "http://login.example.org", "--oidc-audience", "tci"]));
        Assert.AreEqual(2, await ServerCommand.Run(["run", "--data", _folder, "--oidc-map", "no-equals"]));
    }
}
