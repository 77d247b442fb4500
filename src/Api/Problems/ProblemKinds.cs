// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Frozen;
using Tci.Contracts;

namespace Tci.Api.Problems;

/// <summary>What HTTP says of a problem code.</summary>
/// <param name="Status">Unless HTTP itself has a word for the case (405, 410, 412, 413, 415, 416, 429).</param>
/// <param name="Title">The same for every problem of the code.</param>
public sealed record ProblemKind(int Status, string Title);

/// <summary>Every problem code's status and title (docs/problems.md).</summary>
public static class ProblemKinds
{
    private static readonly FrozenDictionary<string, ProblemKind> s_kinds = new Dictionary<string, ProblemKind>
    {
        [ProblemCodes.InvalidRequest] = new(400, "The request is not valid"),
        [ProblemCodes.InvalidFilter] = new(422, "The filter cannot be compiled"),
        [ProblemCodes.FilterTooLong] = new(422, "The filter is too long"),
        [ProblemCodes.FilterTooCostly] = new(422, "The filter takes too much to compile"),
        [ProblemCodes.LimitMissing] = new(422, "The job has no limit"),
        [ProblemCodes.LimitInvalid] = new(422, "A limit is not valid"),
        [ProblemCodes.NameInvalid] = new(422, "The name is not valid"),
        [ProblemCodes.UnknownPoint] = new(422, "There is no such capture point"),
        [ProblemCodes.UnknownProcessor] = new(422, "There is no such processor"),
        [ProblemCodes.InvalidSchedule] = new(422, "The schedule is not valid"),
        [ProblemCodes.InvalidSource] = new(422, "The source is not valid"),
        [ProblemCodes.IdempotencyKeyReused] = new(422, "The idempotency key belongs to another request"),
        [ProblemCodes.NotFound] = new(404, "Not found"),
        [ProblemCodes.Conflict] = new(409, "The present state does not allow this"),
        [ProblemCodes.NotReady] = new(409, "Not ready yet"),
        [ProblemCodes.Unauthenticated] = new(401, "Not signed in"),
        [ProblemCodes.Forbidden] = new(403, "Not allowed for this account"),
        [ProblemCodes.LockedOut] = new(429, "Too many failed sign-ins"),
        [ProblemCodes.QuotaExceeded] = new(409, "The quota leaves no room"),
        [ProblemCodes.Held] = new(409, "The job is held"),
        [ProblemCodes.Unreachable] = new(503, "A part of TCI cannot be reached"),
        [ProblemCodes.Overloaded] = new(503, "Too much at once"),
        [ProblemCodes.DeadlinePassed] = new(503, "It took too long"),
        [ProblemCodes.StoreUnavailable] = new(503, "The store cannot be used"),
        [ProblemCodes.EngineUnavailable] = new(503, "The capture engine cannot be used"),
        [ProblemCodes.NotPermitted] = new(503, "The probe lacks the rights to capture"),
        [ProblemCodes.SourceMissing] = new(409, "The source does not exist"),
        [ProblemCodes.KeyMissing] = new(409, "The key does not exist on the probe"),
        [ProblemCodes.SourceGone] = new(409, "The source vanished"),
        [ProblemCodes.SourceDamaged] = new(409, "The source is damaged"),
        [ProblemCodes.DiskFull] = new(507, "The disk is full"),
        [ProblemCodes.PacketsDropped] = new(409, "Packets were dropped"),
        [ProblemCodes.EngineOverloaded] = new(409, "The engine was overloaded"),
        [ProblemCodes.CaptureKilled] = new(409, "The capture was killed"),
        [ProblemCodes.CaptureLost] = new(503, "Data of the capture is missing"),
        [ProblemCodes.CaptureFailed] = new(409, "The capture failed"),
        [ProblemCodes.CollectionFailed] = new(409, "The files could not be collected"),
        [ProblemCodes.ProcessingFailed] = new(409, "The processing failed"),
        [ProblemCodes.Cancelled] = new(409, "It was cancelled"),
        [ProblemCodes.Internal] = new(500, "A fault of TCI"),
    }.ToFrozenDictionary();

    /// <summary>A code this program does not know (of a newer probe) is a fault of TCI.</summary>
    public static ProblemKind Of(string code) => s_kinds.TryGetValue(code, out var kind) ? kind : s_kinds[ProblemCodes.Internal];

    public static bool Knows(string code) => s_kinds.ContainsKey(code);
}
