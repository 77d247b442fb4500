// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Store.Audit;

/// <summary>What a check of the audit found.</summary>
/// <param name="Rows">Looked at.</param>
/// <param name="LastHash">Of the last row; kept elsewhere, it shows later that no row of today was taken off the end.</param>
/// <param name="Breach">The first row that is not as it was written, in words; null where there is none.</param>
public sealed record AuditVerdict(long Rows, string LastHash, string? Breach);

/// <summary>Follows the chain of the audit from its first row to its last.</summary>
public sealed class AuditCheck(IAuditTrail trail)
{
    private const int BatchMax = 1000;

    /// <param name="known">A hash that was the last one at some time and must still be in the chain; null where none is known.</param>
    public async Task<AuditVerdict> Run(string? known)
    {
        var (number, hash) = (0L, AuditChain.Begin);
        var isKnownSeen = known is null || known == AuditChain.Begin;
        IReadOnlyList<AuditLine> batch;
        do
        {
            // From the number and not from the count, so that a row that is missing is seen as such.
            batch = await trail.After(number, BatchMax, new AuditFilter());
            foreach (var line in batch)
            {
                if (Breach(line, number, hash) is { } breach) return new AuditVerdict(number, hash, breach);
                (number, hash) = (line.Number, line.Hash!);
                isKnownSeen |= hash == known;
            }
        }
        while (batch.Count == BatchMax);
        return new AuditVerdict(number, hash, isKnownSeen ? null : $"No row has the hash {known}: rows were taken off the end after it was noted down, the last now is {number}.");
    }

    private static string? Breach(AuditLine line, long lastNumber, string lastHash)
    {
        if (line.Number != lastNumber + 1) return $"Row {lastNumber + 1} is missing: after row {lastNumber} comes row {line.Number}.";
        if (AuditChain.Hash(line) != line.Hash) return $"Row {line.Number} was changed: its content and its hash do not fit.";
        return line.Previous == lastHash ? null : $"Row {line.Number} does not follow row {lastNumber}: one of them was put in, or exchanged for another.";
    }
}
