// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store.Tests.PostgreSql;

[TestClass]
public static class Servers
{
    [AssemblyCleanup]
    public static void Stop() => PostgresServer.StopShared();
}
