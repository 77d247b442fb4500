// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;

namespace Tci.Api.Hosting;

/// <summary>Starts a program whole or not at all.</summary>
public static class ApiStart
{
    /// <summary>Where one part does not start (a port in use, say), those that had begun are told to stop; otherwise they would take their end for a fault of their own.</summary>
    public static async Task StartOrStop(this WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }
}
