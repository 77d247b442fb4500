// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using Tci.Api;
using Tci.Store;

namespace Tci.Silo.Hosting;

/// <summary>What the administrator says when starting a silo.</summary>
/// <param name="StoreFile">The file that says where the store is; null where none was named.</param>
/// <param name="FilesPort">Where a probe serves its files to the API's processes on other hosts.</param>
internal sealed record SiloProgramOptions(string DataFolder, IPEndPoint Listen, TciSiloOptions Silo, ApiOptions Api, string? StoreFile, int FilesPort)
{
    /// <summary>Grains on control silos write the catalog, the API reads it. A probe's keep their state and nothing else.</summary>
    public bool NeedsStore => Has(SiloRoles.Control) || Has(SiloRoles.Api);

    public bool Has(SiloRoles role) => Silo.Roles.HasFlag(role);

    /// <exception cref="StoreUnavailableException">The file that says where the store is cannot be used, or these roles need another store.</exception>
    public StoreOptions Store()
    {
        var store = StoreChoice.Read(StoreFile, Path.Combine(DataFolder, "tci.db"));
        if (store.PostgreSql is not null || Silo.Roles == SiloRoles.All) return store;
        throw new StoreUnavailableException($"Processes of one cluster find each other through PostgreSQL: --store or {StoreChoice.Variable} says where it is. Without it one process has all roles.");
    }

    /// <summary>For work beside running silos.</summary>
    /// <exception cref="StoreUnavailableException">There is no store, or its file cannot be used.</exception>
    public StoreOptions ExistingStore() => StoreChoice.ReadExisting(StoreFile, Path.Combine(DataFolder, "tci.db"));
}
