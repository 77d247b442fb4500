// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using System.Globalization;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Jobs;

/// <summary>
/// The words by which a job is found: letters and digits in a row, in its name, its labels and its filter, folded. They are rows of their own and a search is a
/// range of them, so that every database finds the same, and a text that is searched for is never read as anything but words. Words of the name are also found
/// by what stands within them: from every place in one, the rest of it is a row.
/// </summary>
internal static class JobWords
{
    /// <summary>Words of one job that are kept; a filter of 4 kB has more only where someone plays.</summary>
    public const int CountMax = 512;

    /// <summary>Words of a search that are looked at.</summary>
    public const int SearchedMax = 16;

    /// <summary>Longer words are cut, in the index and in searches alike.</summary>
    private const int LengthMax = 64;

    /// <summary>After every letter there is, in the order of UTF-8.</summary>
    private const string Last = "\U0010FFFF";

    public static async Task Add(DbTransaction t, JobSeed seed)
    {
        var values = new DynamicParameters();
        values.Add("job", seed.Id.Value);
        var rows = Of(seed.Spec).Select((word, i) =>
        {
            values.Add($"word{i}", word);
            return $"(@word{i}, @job)";
        }).ToList();
        if (rows.Count == 0) return;
        await t.Connection!.ExecuteAsync($"INSERT INTO job_words (word, job) VALUES {string.Join(", ", rows)} ON CONFLICT (word, job) DO NOTHING", values, t);
    }

    /// <summary>For every word of a text, the range of those that begin with it; a job that is found has one of each.</summary>
    public static IReadOnlyList<(string From, string To)> Searched(string text) => [.. Words(text).Select(Cut).Distinct().Take(SearchedMax).Select(word => (word, word + Last))];

    private static IEnumerable<string> Of(JobSpec spec) => Words(spec.Name)
        .Concat(spec.Labels.SelectMany(l => new[] { l.Key, l.Value }).SelectMany(Words))
        .Concat(Words(spec.Name).SelectMany(Parts))
        .Concat(Words(spec.Filter)).Select(Cut).Distinct().Take(CountMax);

    private static IEnumerable<string> Words(string text)
    {
        var folded = JobIndex.Fold(text);
        for (int from = 0, to; from < folded.Length; from = to + 1)
        {
            to = from;
            while (to < folded.Length && IsOfWord(folded[to])) to++;
            if (to > from) yield return folded[from..to];
        }
    }

    private static IEnumerable<string> Parts(string word)
    {
        for (var from = 1; from < word.Length; from++)
        {
            if (!char.IsLowSurrogate(word[from]) && !IsMark(word[from])) yield return word[from..];
        }
    }

    private static string Cut(string word) => word.Length <= LengthMax ? word : word[..(char.IsHighSurrogate(word[LengthMax - 1]) ? LengthMax - 1 : LengthMax)];

    /// <summary>Marks belong to the letter before them; both halves of a letter beyond the first 65536 stay together.</summary>
    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c);

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
