// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tci.Contracts;
using Tci.Store.Accounts;
using Tci.Store.Audit;
using Tci.Store.Jobs;
using Tci.Store.Places;
using Tci.Store.Rights;
using Tci.Store.Schedules;
using Tci.Store.Tokens;

namespace Tci.Store;

/// <summary>Puts the store into a program.</summary>
public static class StoreServices
{
    /// <summary>
    /// Adds the store's ports, <see cref="GrainStates"/> and <see cref="AdminToken"/>. The database is opened and migrated before other hosted
    /// services start, or when something first asks for it; a <see cref="StoreUnavailableException"/> there says what to do.
    /// </summary>
    public static IServiceCollection AddTciStore(this IServiceCollection services, StoreOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(p => Database.Open(options, p.GetRequiredService<TimeProvider>()).GetAwaiter().GetResult());
        services.AddSingleton<IJobCatalog, JobCatalog>();
        services.AddSingleton<IPlaceCatalog, PlaceCatalog>();
        services.AddSingleton<IScheduleCatalog, ScheduleCatalog>();
        services.AddSingleton<ICatalog, Catalog>();
        services.AddSingleton<IEventFeed, EventFeed>();
        services.AddSingleton<IAudit, AuditLog>();
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<ITokens, TokenTable>();
        services.AddSingleton<IAccounts, AccountTable>();
        services.AddSingleton<IGroups, GroupTable>();
        services.AddSingleton<IGrants, GrantTable>();
        services.AddSingleton<IQuotas, QuotaTable>();
        services.AddSingleton<GrainStates>();
        services.AddSingleton<IWakeTimes>(p => p.GetRequiredService<GrainStates>());
        services.AddSingleton<AdminToken>();
        services.AddHostedService<StoreStart>();
        return services;
    }
}
