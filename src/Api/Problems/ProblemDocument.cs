// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Problems;

/// <summary>A problem as RFC 9457 writes it (application/problem+json), with members of our own: code, position, field, deleted, traceId.</summary>
public sealed record ProblemDocument
{
    /// <summary>Names the kind of problem: <c>/problems/CODE</c>, relative to the server; described in docs/problems.md.</summary>
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What is wrong this time and, where it can be said, what to do.</summary>
    public required string Detail { get; init; }

    public required string Code { get; init; }

    /// <summary>Offset of the offending character, from 0, where the input is a text.</summary>
    public int? Position { get; init; }

    /// <summary>The member of the request that is meant, such as <c>limits.duration</c>.</summary>
    public string? Field { get; init; }

    /// <summary>With 410: what remains of the job.</summary>
    public Tombstone? Deleted { get; init; }

    /// <summary>Finds the fault in the server's log.</summary>
    public string? TraceId { get; init; }

    public static ProblemDocument Of(Problem problem, int? status, string traceId)
    {
        var kind = ProblemKinds.Of(problem.Code);
        var answered = status ?? kind.Status;
        return new ProblemDocument
        {
            Type = "/problems/" + problem.Code,
            Title = kind.Title,
            Status = answered,
            Detail = problem.Message,
            Code = problem.Code,
            Position = problem.Position,
            Field = problem.Field,
            TraceId = answered >= 500 ? traceId : null,
        };
    }
}
