// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>What job grains log; numbers 1000 to 1099.</summary>
internal static partial class JobLog
{
    [LoggerMessage(1000, LogLevel.Information, "{Job}: {From} -> {To}: {Text}")]
    public static partial void Moved(this ILogger log, JobId job, JobState from, JobState to, string text);

    [LoggerMessage(1001, LogLevel.Warning, "{Job}: its catalog row could not be written; it will be at the next step")]
    public static partial void NotRecorded(this ILogger log, Exception error, JobId job);

    [LoggerMessage(1002, LogLevel.Error, "{Job}: was accepted, but its first step failed; the sweep goes on with it")]
    public static partial void FirstStepFailed(this ILogger log, Exception error, JobId job);

    [LoggerMessage(1003, LogLevel.Error, "{Job}: could not be stored")]
    public static partial void NotCreated(this ILogger log, Exception error, string job);
}
