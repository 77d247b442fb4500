// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.SignIn;

/// <summary>
/// Takes so many requests a second with one token, and more for a moment; the rest is 429 with the time to wait. Comes after sign-in, so that there
/// are no more buckets than tokens.
/// </summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, ApiOptions options, ILogger<RateLimitMiddleware> log) : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(options)));

    public async Task InvokeAsync(HttpContext http)
    {
        if (SignInMiddleware.Token(http.Request) is not { } token || http.Features.Get<Caller>() is not { } caller)
        {
            await next(http);
            return;
        }

        // The bucket goes by the hash: the token itself is kept nowhere.
        using var lease = _limiter.AttemptAcquire(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))));
        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : s_period;
        Log.TooManyRequests(log, caller.Name, Callers.From(http));
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var message = $"More than {options.RequestsPerSecond} requests a second with this token. Wait as long as Retry-After says; event streams tell what changes without asking.";
        await new ProblemResult(new Problem(ProblemCodes.Overloaded, message), StatusCodes.Status429TooManyRequests).ExecuteAsync(http);
    }

    public void Dispose() => _limiter.Dispose();

    private static TokenBucketRateLimiterOptions Bucket(ApiOptions options) => new()
    {
        TokenLimit = options.RequestsBurstMax,
        TokensPerPeriod = options.RequestsPerSecond,
        ReplenishmentPeriod = s_period,
        QueueLimit = 0,
    };
}
