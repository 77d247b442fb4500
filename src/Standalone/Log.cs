// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;

namespace Tci.Standalone;

/// <summary>What the one-machine host logs; numbers 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "The poke of {Kind} {Key} failed; the sweep tries again")]
    public static partial void PokeFailed(this ILogger log, Exception error, string kind, string key);

    [LoggerMessage(2001, LogLevel.Warning, "The sweep failed; the next one is due in seconds")]
    public static partial void SweepFailed(this ILogger log, Exception error);
}
