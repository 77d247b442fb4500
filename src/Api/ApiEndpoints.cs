// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tci.Api.Accounts;
using Tci.Api.Audit;
using Tci.Api.Events;
using Tci.Api.Files;
using Tci.Api.Filters;
using Tci.Api.Flows;
using Tci.Api.Groups;
using Tci.Api.Health;
using Tci.Api.Holds;
using Tci.Api.Jobs;
using Tci.Api.OpenApi;
using Tci.Api.Points;
using Tci.Api.Problems;
using Tci.Api.QuickCaptures;
using Tci.Api.Quotas;
using Tci.Api.Rights;
using Tci.Api.Runs;
using Tci.Api.Schedules;
using Tci.Api.Servers;
using Tci.Api.SignIn;
using Tci.Api.Tokens;

namespace Tci.Api;

/// <summary>Everything the API serves.</summary>
public static class ApiEndpoints
{
    /// <summary>Adds the API's middleware and endpoints; call it once, before anything else that answers requests.</summary>
    public static WebApplication MapTciApi(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<CommandBackstop>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        // Before sign-in: a browser asks first, without a token, whether it may send one.
        app.UseCors();
        app.UseMiddleware<SignInMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<RightsMiddleware>();

        var api = app.MapGroup("/api/v1").FailsAnywhere(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests);
        JobEndpoints.Map(api);
        JobCommandEndpoints.Map(api);
        ScheduleEndpoints.Map(api);
        EventEndpoints.Map(api);
        FileEndpoints.Map(api);
        PointEndpoints.Map(api);
        HoldEndpoints.Map(api);
        QuickCaptureEndpoints.Map(api);
        FilterEndpoints.Map(api);
        FlowEndpoints.Map(api);
        RunEndpoints.Map(api);
        ServerEndpoints.Map(api);
        SignInEndpoints.Map(api);
        TokenEndpoints.Map(api);
        AccountEndpoints.Map(api);
        GroupEndpoints.Map(api);
        GrantEndpoints.Map(api);
        QuotaEndpoints.Map(api);
        AuditEndpoints.Map(api);
        HealthEndpoints.Map(app);
        FrontPage.Map(app);
        app.MapOpenApi();
        return app;
    }
}
