// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;

namespace Tci.Api.Hosting;

/// <summary>How every TCI server logs to its console: a line an event, UTC, the framework's own chatter left out.</summary>
public static class ApiConsole
{
    public static ILoggingBuilder AddTciConsole(this ILoggingBuilder logging)
    {
        logging.ClearProviders().AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        // Why a start failed the program says in a sentence; the host would add the whole exception. A service that ends the host is critical, and stays.
        return logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
