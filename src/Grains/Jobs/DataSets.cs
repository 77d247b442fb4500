// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>Lays out the data set of a job: at its root for one point, a folder a point for several.</summary>
internal static class DataSets
{
    /// <summary>Null where no file is left.</summary>
    public static DataSet? Of(JobRecord job, JobState outcome, DateTimeOffset ended)
    {
        var files = job.Captures.SelectMany((capture, index) => FilesOf(job, capture, index)).OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
        if (files.Count == 0) return null;
        var seed = job.Seed!;
        return new DataSet
        {
            Files = files,
            Manifest = new Manifest
            {
                Job = seed.Id,
                Owner = seed.Owner,
                State = outcome,
                Partial = outcome == JobState.Done && JobOutcome.HasProblems(job),
                Created = seed.Created,
                Started = job.StartAt,
                Ended = ended,
                Spec = seed.Spec,
                Captures = [.. job.Captures.Select(JobViews.Of)],
                Runs = [.. job.Runs.Select(JobViews.Of)],
                Programs = Programs(job),
                Files = [.. files.Select(f => new ManifestFile(f.Path, f.Source.Size, f.Source.Sha256))],
            },
        };
    }

    /// <summary>Name to version, or versions where several were at work.</summary>
    private static Dictionary<string, string> Programs(JobRecord job) => job.Captures.Select(c => c.Engine)
        .Concat(job.Runs.Select(r => r.Program))
        .Append($"tci {typeof(DataSets).Assembly.GetName().Version!.ToString(3)}")
        .OfType<string>()
        .Select(p => p.Split(' ', 2))
        .GroupBy(p => p[0], p => p[^1])
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => string.Join(", ", g.Distinct().Order(StringComparer.Ordinal)));

    private static IEnumerable<DataSetFile> FilesOf(JobRecord job, JobCapture capture, int index)
    {
        var folder = job.Captures.Count == 1 ? "" : $"{index}-{capture.Point.Value.Replace('/', '-').Replace(':', '-')}/";
        var runs = job.Runs.Where(r => r.Id.Capture == capture.Id && r.State == RunState.Done);
        return capture.Files.Where(f => job.Seed!.Spec.KeepRaw || job.RawKept || !f.Raw)
            .Concat(runs.SelectMany(r => r.Files))
            .Select(f => new DataSetFile(folder + f.Path, capture.Id, f));
    }
}
