// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tci.Contracts;

namespace Tci.Api.SignIn;

/// <summary>Who makes the request; known to every handler under /api.</summary>
internal static class Callers
{
    public static Caller Caller(this HttpContext http) => http.Features.GetRequiredFeature<Caller>();

    /// <summary>The remote address, an IPv4 one in its own form.</summary>
    public static string From(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "unknown";
    }
}
