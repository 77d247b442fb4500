// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Silo.Tests;

[TestClass]
public static class Servers
{
    [AssemblyCleanup]
    public static void Stop() => PostgresServer.StopShared();
}
