// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Rights;

/// <summary>Whether an account has room for one more job. Asked in the transaction that creates it; those come one after the other, so two cannot take the same room.</summary>
internal static class Admission
{
    public static async Task<Problem?> Check(DbTransaction t, JobSeed seed)
    {
        var disabled = await t.Connection!.QuerySingleOrDefaultAsync<long?>("SELECT disabled FROM accounts WHERE name = @owner", new { owner = seed.Owner }, t);
        if (disabled == 1) return new Problem(ProblemCodes.Forbidden, $"The account {seed.Owner} is disabled.");
        foreach (var quota in await QuotaTable.Of(t.Connection!, t, seed.Owner))
        {
            if (Exceeded(quota, seed.Spec) is { } problem) return problem;
        }

        return null;
    }

    /// <summary>Bytes that a job may come to store: its limit, once for each point. 0 where it has none.</summary>
    public static long BytesOf(JobSpec spec) => (long)Math.Min(long.MaxValue / 1000, (decimal)(spec.Limits.Bytes ?? 0) * spec.Points.Count);

    private static Problem? Exceeded(QuotaView view, JobSpec spec)
    {
        var (quota, used) = view;
        if (quota.BytesMax is not null && spec.Limits.Bytes is null)
            return new Problem(ProblemCodes.QuotaExceeded, $"{Whose(quota)} has a quota of bytes, so a job needs a limit of bytes.", Field: "limits.bytes");
        return Exceeded(quota, "bytes", quota.BytesMax, used.Bytes, BytesOf(spec), "limits.bytes")
            ?? Exceeded(quota, "jobs that are not final", quota.JobsMax, used.Jobs, 1, null)
            ?? Exceeded(quota, "captures at once", quota.CapturesMax, used.Captures, spec.Points.Count, "points");
    }

    private static Problem? Exceeded(Quota quota, string what, long? most, long used, long asked, string? field) => most is null || used + asked <= most
        ? null
        : new Problem(ProblemCodes.QuotaExceeded, $"{Whose(quota)} may have {most} {what}: {used} are used, and this job asks for {asked}.", Field: field);

    private static string Whose(Quota quota) => quota.Group is null ? $"The account {quota.Account}" : $"The group {quota.Group}";
}
