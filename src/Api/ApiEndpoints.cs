// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tci.Api.Events;
using Tci.Api.Files;
using Tci.Api.Filters;
using Tci.Api.Flows;
using Tci.Api.Health;
using Tci.Api.Jobs;
using Tci.Api.OpenApi;
using Tci.Api.Points;
using Tci.Api.Problems;
using Tci.Api.Runs;
using Tci.Api.Schedules;
using Tci.Api.Servers;
using Tci.Api.SignIn;

namespace Tci.Api;

/// <summary>Everything the API serves.</summary>
public static class ApiEndpoints
{
    /// <summary>Adds the API's middleware and endpoints; call it once, before anything else that answers requests.</summary>
    public static WebApplication MapTciApi(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        // Before sign-in: a browser asks first, without a token, whether it may send one.
        app.UseCors();
        app.UseMiddleware<SignInMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseRouting();

        var api = app.MapGroup("/api/v1").FailsAnywhere(StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests);
        JobEndpoints.Map(api);
        JobCommandEndpoints.Map(api);
        ScheduleEndpoints.Map(api);
        EventEndpoints.Map(api);
        FileEndpoints.Map(api);
        PointEndpoints.Map(api);
        FilterEndpoints.Map(api);
        FlowEndpoints.Map(api);
        RunEndpoints.Map(api);
        ServerEndpoints.Map(api);
        HealthEndpoints.Map(app);
        FrontPage.Map(app);
        app.MapOpenApi();
        return app;
    }
}
