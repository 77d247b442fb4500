// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Every code a <see cref="Problem"/> can carry. Codes are added, never changed.</summary>
public static class ProblemCodes
{
    // What was asked.
    public const string InvalidRequest = "invalid-request";
    public const string InvalidFilter = "invalid-filter";
    public const string FilterTooLong = "filter-too-long";
    public const string FilterTooCostly = "filter-too-costly";
    public const string LimitMissing = "limit-missing";
    public const string LimitInvalid = "limit-invalid";
    public const string NameInvalid = "name-invalid";
    public const string UnknownPoint = "unknown-point";
    public const string UnknownProcessor = "unknown-processor";
    public const string InvalidSchedule = "invalid-schedule";
    public const string InvalidSource = "invalid-source";
    public const string IdempotencyKeyReused = "idempotency-key-reused";
    public const string NotFound = "not-found";
    public const string Conflict = "conflict";
    public const string NotReady = "not-ready";

    // Who asked.
    public const string Unauthenticated = "unauthenticated";
    public const string Forbidden = "forbidden";
    public const string LockedOut = "locked-out";
    public const string QuotaExceeded = "quota-exceeded";
    public const string Held = "held";

    // What stood in the way.
    public const string Unreachable = "unreachable";
    public const string Overloaded = "overloaded";
    public const string DeadlinePassed = "deadline-passed";
    public const string StoreUnavailable = "store-unavailable";
    public const string EngineUnavailable = "engine-unavailable";
    public const string NotPermitted = "not-permitted";
    public const string SourceMissing = "source-missing";
    public const string KeyMissing = "key-missing";
    public const string SourceGone = "source-gone";
    public const string SourceDamaged = "source-damaged";
    public const string DiskFull = "disk-full";
    public const string PacketsDropped = "packets-dropped";
    public const string EngineOverloaded = "engine-overloaded";
    public const string CaptureKilled = "capture-killed";
    public const string CaptureLost = "capture-lost";
    public const string CaptureFailed = "capture-failed";
    public const string CollectionFailed = "collection-failed";
    public const string ProcessingFailed = "processing-failed";
    public const string Cancelled = "cancelled";
    public const string Internal = "internal";
}
