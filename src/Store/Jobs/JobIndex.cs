// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Jobs;

/// <summary>What lists select jobs by, beside their rows. It is made of the specification, so it is written when the job is created and where that was changed.</summary>
internal static class JobIndex
{
    /// <summary>Jobs of an older schema that are filled in with one transaction.</summary>
    private const long BatchMax = 500;

    private const string SelectMissing = "SELECT view FROM jobs WHERE name_folded IS NULL ORDER BY id LIMIT @max";

    private const string Update = "UPDATE jobs SET name_folded = @name, priority = @priority WHERE id = @job";

    private const string InsertPoint = "INSERT INTO job_points (point, job) VALUES (@point, @job) ON CONFLICT (point, job) DO NOTHING";

    private const string DeleteWords = "DELETE FROM job_words WHERE job = @job";
    private const string DeleteLabels = "DELETE FROM job_labels WHERE job = @job";
    private const string InsertLabel = "INSERT INTO job_labels (key, job, value) VALUES (@key, @job, @value) ON CONFLICT (key, job) DO NOTHING";

    /// <summary>Databases differ in what they take for one letter in two cases; this program decides.</summary>
    public static string Fold(string text) => text.ToLowerInvariant();

    public static async Task Add(DbTransaction t, JobSeed seed)
    {
        var job = seed.Id.Value;
        await t.Connection!.ExecuteAsync(Update, new { job, name = Fold(seed.Spec.Name), priority = seed.Spec.Priority.ToString() }, t);
        await t.Connection!.ExecuteAsync(InsertPoint, seed.Spec.Points.Select(p => new { point = p.Value, job }), t);
        await t.Connection!.ExecuteAsync(InsertLabel, seed.Spec.Labels.Select(l => new { key = l.Key, job, value = l.Value }), t);
        await JobWords.Add(t, seed);
    }

    /// <summary>Writes anew what can change; the points cannot.</summary>
    public static async Task Replace(DbTransaction t, JobView job)
    {
        await t.Connection!.ExecuteAsync(DeleteLabels, new { job = job.Id.Value }, t);
        await t.Connection!.ExecuteAsync(DeleteWords, new { job = job.Id.Value }, t);
        await Add(t, new JobSeed(job.Id, job.Owner, job.Spec, job.Created, null));
    }

    /// <summary>Adds the jobs that a schema without this index left.</summary>
    public static async Task Fill(Database database)
    {
        int count;
        do
        {
            count = await database.Write(async t =>
            {
                var views = (await t.Connection!.QueryAsync<string>(SelectMissing, new { max = BatchMax }, t)).AsList();
                foreach (var view in views) await Replace(t, Stored.Read<JobView>(view));
                return views.Count;
            });
        }
        while (count == BatchMax);
    }
}
