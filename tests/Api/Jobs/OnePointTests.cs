// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Api.Tests.Jobs;

/// <summary>Tests on a server that has one point, local/veth0.</summary>
public abstract class OnePointTests
{
    internal Server Server { get; private set; } = null!;

    [TestInitialize]
    public async Task Start()
    {
        Server = await Server.Start();
        await Server.Places.Record(Samples.Point("local/veth0"));
    }

    [TestCleanup]
    public async Task Stop() => await Server.DisposeAsync();
}
