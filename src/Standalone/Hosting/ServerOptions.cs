// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using Tci.Contracts;
using Tci.Store;

namespace Tci.Standalone.Hosting;

/// <summary>What the administrator says when starting the server.</summary>
internal sealed record ServerOptions(string DataFolder, IPEndPoint Listen, ProbeId Probe, string? StoreFile = null)
{
    public string Database => Path.Combine(DataFolder, "tci.db");

    /// <exception cref="StoreUnavailableException">The file that says where the store is cannot be used.</exception>
    public StoreOptions Store() => StoreChoice.Read(StoreFile, Database);

    public string TokenFile => Path.Combine(DataFolder, "admin-token");
}
