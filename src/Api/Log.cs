// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Api;

/// <summary>What the API logs; event ids 4000 to 4099. Texts of callers go in as arguments, never as the message.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Error, "Unhandled error, answered with 500. Trace id {TraceId}")]
    public static partial void Fault(ILogger log, Exception error, string traceId);

    [LoggerMessage(4002, LogLevel.Error, "The store failed a request, answered with 503. Trace id {TraceId}")]
    public static partial void StoreFailed(ILogger log, Exception error, string traceId);

    [LoggerMessage(4003, LogLevel.Warning, "The answer to {Path} could not be completed and was cut off")]
    public static partial void AnswerCutOff(ILogger log, Exception error, PathString path);

    [LoggerMessage(4004, LogLevel.Debug, "The client went away from {Path} ({Error})")]
    public static partial void ClientWentAway(ILogger log, string error, PathString path);

    [LoggerMessage(4005, LogLevel.Warning, "{Entity} did not answer")]
    public static partial void NoAnswer(ILogger log, Exception error, string entity);

    [LoggerMessage(4006, LogLevel.Information, "A request from {From} without a valid token was refused")]
    public static partial void NotSignedIn(ILogger log, string from);

    [LoggerMessage(4007, LogLevel.Warning, "{Capture}: the file {Path} could not be read: {Problem}")]
    public static partial void FileNotReadable(ILogger log, CaptureId capture, string path, string problem);

    [LoggerMessage(4008, LogLevel.Warning, "A reader of events fell more than {BufferedMax} events behind and was cut off; it can resume")]
    public static partial void ReaderTooSlow(ILogger log, int bufferedMax);

    [LoggerMessage(4009, LogLevel.Warning, "New events could not be read from the store; streams wait until they can")]
    public static partial void FeedFailed(ILogger log, Exception error);

    [LoggerMessage(4010, LogLevel.Information, "Too many requests with a token of {Account} from {From}; one was refused")]
    public static partial void TooManyRequests(ILogger log, string account, string from);

    [LoggerMessage(4011, LogLevel.Error, "That {Action} was refused ({Code}) could not be written into the audit")]
    public static partial void RefusalNotAudited(ILogger log, Exception error, string action, string code);

    [LoggerMessage(4012, LogLevel.Information, "A token that is none of TCI's own was refused: {Reason} {Detail}")]
    public static partial void OidcTokenRefused(ILogger log, string reason, string detail);
}
