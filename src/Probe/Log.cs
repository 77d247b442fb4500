// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Probe;

/// <summary>Every log message of the probe. Event ids are 3000 to 3999 and never change their meaning.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Error, "A piece of work of the queue {Queue} failed unexpectedly")]
    public static partial void WorkFailed(ILogger log, string queue, Exception error);

    [LoggerMessage(3001, LogLevel.Warning, "The queue {Queue} cannot lower its priority to nice {Nice}")]
    public static partial void PriorityRefused(ILogger log, string queue, int nice);

    [LoggerMessage(3002, LogLevel.Warning, "A poke to {Whom} was dropped: {Why}")]
    public static partial void PokeDropped(ILogger log, string whom, string why);

    [LoggerMessage(3010, LogLevel.Information, "Took over capture {Capture}, which is {State}")]
    public static partial void TakenOver(ILogger log, string capture, EngineState state);

    [LoggerMessage(3011, LogLevel.Warning, "Capture {Capture} cannot be taken over yet: {Why}")]
    public static partial void NotTakenOver(ILogger log, string capture, string why);

    [LoggerMessage(3012, LogLevel.Warning, "Capture {Capture} was not started ({Code}): {Why}")]
    public static partial void NotStarted(ILogger log, string capture, string code, string why);

    [LoggerMessage(3013, LogLevel.Error, "The outcome of capture {Capture} cannot be written down")]
    public static partial void OutcomeNotWritten(ILogger log, string capture, Exception error);

    [LoggerMessage(3014, LogLevel.Warning, "The directory of capture {Capture} was not completed: {Why}")]
    public static partial void RepairFailed(ILogger log, string capture, string why);

    [LoggerMessage(3015, LogLevel.Warning, "The capture directories cannot be looked at; it is tried again")]
    public static partial void WatchFailed(ILogger log, Exception error);

    [LoggerMessage(3016, LogLevel.Warning, "Capture {Capture} is overloaded: a receive ring has been over nine tenths full for five seconds")]
    public static partial void Overload(ILogger log, string capture);

    [LoggerMessage(3020, LogLevel.Information, "Collected capture {Capture}: {Files} files")]
    public static partial void Collected(ILogger log, string capture, int files);

    [LoggerMessage(3021, LogLevel.Error, "Collecting capture {Capture} failed")]
    public static partial void CollectionFailed(ILogger log, string capture, Exception error);

    [LoggerMessage(3022, LogLevel.Warning, "{Path} cannot be deleted; it is tried again at the next start")]
    public static partial void NotDeleted(ILogger log, string path, Exception error);

    [LoggerMessage(3030, LogLevel.Warning, "Run {Run}: {Code}: {Why}")]
    public static partial void RunProblem(ILogger log, string run, string code, string why);

    [LoggerMessage(3040, LogLevel.Warning, "The probe's reports do not get through: {Why}")]
    public static partial void ReportFailed(ILogger log, string why);

    [LoggerMessage(3041, LogLevel.Information, "The probe's reports get through again")]
    public static partial void ReportsAgain(ILogger log);

    [LoggerMessage(3042, LogLevel.Warning, "Sources of this host: {Trouble}")]
    public static partial void SourcesTrouble(ILogger log, string trouble);
}
