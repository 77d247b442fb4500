// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tci.Api.Accounts;
using Tci.Api.Audit;
using Tci.Api.Events;
using Tci.Api.Files;
using Tci.Api.Filters;
using Tci.Api.Groups;
using Tci.Api.Jobs;
using Tci.Api.OpenApi;
using Tci.Api.Points;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Api.Schedules;
using Tci.Api.SignIn;
using Tci.Api.Tokens;
using Tci.Contracts;

namespace Tci.Api;

/// <summary>Puts the API into a program.</summary>
public static class ApiServices
{
    /// <summary>
    /// Adds what <see cref="ApiEndpoints.MapTciApi"/> serves. The program adds <see cref="IGrains"/>, <see cref="ICatalog"/>, <see cref="IScheduleCatalog"/>,
    /// <see cref="IEventFeed"/>, <see cref="IAudit"/>, <see cref="IAuditTrail"/>, <see cref="ITokens"/>, <see cref="IAccounts"/>, <see cref="IGroups"/>,
    /// <see cref="IGrants"/>, <see cref="IQuotas"/>, <see cref="IDataSetFiles"/>, <see cref="IFlowTables"/> and <see cref="IRunLogs"/>.
    /// </summary>
    public static IServiceCollection AddTciApi(this IServiceCollection services, ApiOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<GrainCalls>().AddSingleton<CommandAudit>().AddSingleton<UnknownCallers>().AddSingleton<EntityOrders>().AddSingleton<RequestBody>().AddSingleton<FilterGate>();
        services.AddSingleton<JobLookup>().AddSingleton<JobSubmission>().AddSingleton<CreateJob>().AddSingleton<ValidateJob>().AddSingleton<ReadJob>();
        services.AddSingleton<ListJobs>().AddSingleton<JobCommands>().AddSingleton<ProcessAgain>().AddSingleton<ChangeJobs>().AddSingleton<BulkOrders>().AddSingleton<EstimateJob>().AddSingleton<Flows.FlowTables>().AddSingleton<LiveCounters>();
        services.AddSingleton<CreateSchedule>().AddSingleton<ScheduleCommands>().AddSingleton<AddPoint>().AddSingleton<PointCommands>();
        services.AddTciRights();
        services.AddSingleton<RightsCache>().AddSingleton<BearerTokens>().AddSingleton<OidcTokens>().AddSingleton<PasswordGate>().AddSingleton<PasswordSignIn>().AddSingleton<ReadMe>();
        services.AddSingleton<ChangePassword>().AddSingleton<AccountCommands>().AddSingleton<GroupCommands>().AddSingleton<GrantCommands>().AddSingleton<MakeToken>();
        services.AddSingleton<SharedFeed>().AddHostedService(p => p.GetRequiredService<SharedFeed>());
        services.AddSingleton<EventStreams>().AddSingleton<FileReader>().AddSingleton<PacketDownloads>().AddSingleton<DataSetDownloads>();
        services.AddCors(c => c.AddDefaultPolicy(p => AllowOrigins(p, options)));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.Configure<JsonOptions>(DescribeContracts);
        services.Configure<KestrelServerOptions>(o => Limit(o, options));
        services.AddOpenApi("v1", OpenApiDescription.Configure);
        return services;
    }

    /// <summary>Adds <see cref="ICreationRights"/>, for a program with grains and without the API. It adds <see cref="IGrants"/>.</summary>
    public static IServiceCollection AddTciRights(this IServiceCollection services)
    {
        services.TryAddSingleton<ICreationRights, CreationRights>();
        return services;
    }

    // Handlers write with ContractJson themselves; from these the OpenAPI document takes how the contracts look as JSON.
    private static void DescribeContracts(JsonOptions json)
    {
        var options = json.SerializerOptions;
        options.NumberHandling = ContractJson.Options.NumberHandling;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        foreach (var converter in ContractJson.Options.Converters) options.Converters.Add(converter);
    }

    // With no origin configured the policy lets nobody in, and no answer carries a header of CORS.
    private static void AllowOrigins(CorsPolicyBuilder policy, ApiOptions options) => policy
        .WithOrigins([.. options.CorsOrigins])
        .WithMethods("GET", "HEAD", "POST", "PUT", "DELETE")
        .WithHeaders("Authorization", "Content-Type", IdempotencyKey.Header, Versions.Header, "If-None-Match", "If-Range", "Last-Event-ID", "Range")
        .WithExposedHeaders("ETag", "Location", "Retry-After", "Content-Range", "Content-Disposition", "Repr-Digest", JobSubmission.ReplayedHeader, ReadJob.StateHeader)
        .SetPreflightMaxAge(TimeSpan.FromMinutes(10));

    private static void Limit(KestrelServerOptions kestrel, ApiOptions options)
    {
        kestrel.AddServerHeader = false;
        // RequestBody keeps the limit. This one is what the server reads to throw away when an answer comes before the end of a body.
        kestrel.Limits.MaxRequestBodySize = options.BodyDrainBytesMax;
        kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
    }
}
