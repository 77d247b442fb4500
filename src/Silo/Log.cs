// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;

namespace Tci.Silo;

/// <summary>What a silo logs by itself; numbers 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Warning, "The sweep failed; the next one is due in seconds")]
    public static partial void SweepFailed(this ILogger log, Exception error);
}
