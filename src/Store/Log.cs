// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;

namespace Tci.Store;

/// <summary>What the store logs; event ids 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "The administrator's token is in {Path}. Send it as 'Authorization: Bearer TOKEN'")]
    public static partial void AdminTokenCreated(ILogger log, string path);

    [LoggerMessage(3002, LogLevel.Warning, "{Path} is gone; the administrator's token it held is still good. For a new one run 'tci-server token --reset-admin' and start again")]
    public static partial void AdminTokenFileMissing(ILogger log, string path);

    [LoggerMessage(3003, LogLevel.Warning, "{Path} does not hold the administrator's token that is known. For a new one run 'tci-server token --reset-admin' and start again")]
    public static partial void AdminTokenFileDiffers(ILogger log, string path);

    [LoggerMessage(3004, LogLevel.Warning, "That {Token} was used could not be noted down")]
    public static partial void TokenUseNotNoted(ILogger log, Exception error, string token);
}
