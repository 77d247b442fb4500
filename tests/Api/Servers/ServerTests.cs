// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Api.Tests.Servers;

[TestClass]
public sealed class ServerTests
{
    [TestMethod]
    public async Task The_server_tells_its_version_probes_and_limits()
    {
        await using var server = await Server.Start(new ApiOptions { Host = "cluster", RequestsPerSecond = 7 });
        await server.Places.Record(new ProbeView { Id = new ProbeId("local"), Present = true, LastSeen = Samples.Noon, Host = "h", Version = "0.1.0", DiskFreeBytes = 9, EngineVersion = "0.2" });
        var told = await server.GetJson("/api/v1/server");
        Assert.AreEqual(("cluster", 7, "0.2"), ((string?)told["host"], (int)told["limits"]!["requestsPerSecond"]!, (string?)told["probes"]![0]!["engineVersion"]));
        Assert.IsTrue(Version.TryParse((string?)told["version"], out _));
    }
}
