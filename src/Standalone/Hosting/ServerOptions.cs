// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using Tci.Api.SignIn;
using Tci.Contracts;
using Tci.Store;

namespace Tci.Standalone.Hosting;

/// <summary>What the administrator says when starting the server.</summary>
/// <param name="Oidc">Who else signs people in; null where only TCI itself does.</param>
/// <param name="StoreFile">The file that says where the store is; null where none was named.</param>
/// <param name="Origins">Sites whose pages may read the API.</param>
internal sealed record ServerOptions(
    string DataFolder, IPEndPoint Listen, ProbeId Probe, OidcOptions? Oidc = null, string? StoreFile = null, string[]? Origins = null)
{
    public string Database => Path.Combine(DataFolder, "tci.db");

    /// <exception cref="StoreUnavailableException">The file that says where the store is cannot be used.</exception>
    public StoreOptions Store() => StoreChoice.Read(StoreFile, Database);

    /// <summary>For work beside a running server: nothing is made where there is nothing.</summary>
    /// <exception cref="StoreUnavailableException">There is no store, or its file cannot be used.</exception>
    public StoreOptions ExistingStore()
    {
        var store = Store();
        if (store.PostgreSql is null && !File.Exists(store.Path)) throw new StoreUnavailableException($"There is no {store.Path}; --data names the folder of the server.");
        return store with { Exclusive = false };
    }

    public string TokenFile => Path.Combine(DataFolder, "admin-token");
}
