// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;

namespace Tci.Store.Jobs;

/// <summary>
/// Finds jobs by a text, in one of two ways, whichever reads fewer rows: those that have its rarest word, put in order; or all jobs in the order of the list, newest
/// first, until the page is full. The first is slow for words that every other job has, the second for words of few.
/// </summary>
internal static class JobSearch
{
    /// <summary>A word that more places than these have is common. Of 100 000 jobs, about as many rows are then read for a page of 50 either way.</summary>
    private const int RareMax = 2000;

    private const string Count = "SELECT COUNT(*) FROM (SELECT 1 FROM job_words WHERE word >= @from AND word < @to LIMIT @max) AS places";

    /// <summary>Adds the conditions of a text to those of a list.</summary>
    /// <returns>What the list selects from.</returns>
    public static async Task<string> Source(DbConnection connection, string? text, JobConditions conditions)
    {
        if (text is null) return "jobs";
        var words = JobWords.Searched(text);
        if (words.Count == 0) return WithoutWords(text, conditions);
        var counts = new List<long>();
        foreach (var (from, to) in words) counts.Add(await connection.ExecuteScalarAsync<long>(Count, new { from, to, max = RareMax + 1L }));
        var rarest = counts.IndexOf(counts.Min());
        var isRare = counts[rarest] <= RareMax;
        for (var i = 0; i < words.Count; i++) AddWord(conditions, i, words[i], isJoined: isRare && i == rarest);
        // Written as a cross join, which SQLite keeps in this order.
        return isRare ? $"(SELECT DISTINCT job FROM job_words WHERE {Range(rarest)}) AS found CROSS JOIN jobs" : "jobs";
    }

    // A value and not EXISTS, which PostgreSQL may turn into a join over all jobs that have the word.
    private static void AddWord(JobConditions conditions, int i, (string From, string To) word, bool isJoined) => conditions.Add(
        isJoined ? "jobs.id = found.job" : $"(SELECT w.job FROM job_words w WHERE w.job = jobs.id AND {Range(i)} LIMIT 1) IS NOT NULL",
        ($"wordFrom{i}", word.From),
        ($"wordTo{i}", word.To));

    private static string Range(int i) => $"word >= @wordFrom{i} AND word < @wordTo{i}";

    // Signs alone are looked for in names as they are.
    private static string WithoutWords(string text, JobConditions conditions)
    {
        conditions.Add("name_folded LIKE @text ESCAPE '!'", ("text", $"%{Escape(JobIndex.Fold(text))}%"));
        return "jobs";
    }

    private static string Escape(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
