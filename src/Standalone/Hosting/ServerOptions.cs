// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using Tci.Api;
using Tci.Contracts;
using Tci.Store;

namespace Tci.Standalone.Hosting;

/// <summary>What the administrator says when starting the server.</summary>
/// <param name="StoreFile">The file that says where the store is; null where none was named.</param>
internal sealed record ServerOptions(string DataFolder, IPEndPoint Listen, ProbeId Probe, ApiOptions Api, string? StoreFile)
{
    public string Database => Path.Combine(DataFolder, "tci.db");

    /// <exception cref="StoreUnavailableException">The file that says where the store is cannot be used.</exception>
    public StoreOptions Store() => StoreChoice.Read(StoreFile, Database);

    /// <summary>For work beside a running server: nothing is made where there is nothing.</summary>
    /// <exception cref="StoreUnavailableException">There is no store, or its file cannot be used.</exception>
    public StoreOptions ExistingStore() => StoreChoice.ReadExisting(StoreFile, Database);

    public string TokenFile => Path.Combine(DataFolder, "admin-token");
}
