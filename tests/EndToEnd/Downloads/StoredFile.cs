// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Tci.Contracts;
using Tci.Store;

namespace Tci.EndToEnd.Downloads;

/// <summary>A final job with one large file that takes no room on the disk: it is all hole. Put where the server finds it when it starts.</summary>
internal static class StoredFile
{
    public const string Job = "job-large";
    public const string Name = "traffic.pcap";
    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task Put(string data, long bytes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data, "captures", Job + ".0", "data")).FullName;
        await using (var file = File.Create(Path.Combine(folder, Name))) file.SetLength(bytes);
        await using var services = new ServiceCollection().AddLogging().AddTciStore(new StoreOptions { Path = Path.Combine(data, "tci.db") }).BuildServiceProvider();
        var (id, point, by) = (new JobId(Job), new PointId("local/gone"), Caller.System);
        var spec = new JobSpec { Name = "large", Points = [point], Limits = new JobLimits { Packets = 1 } };
        var view = new JobView { Id = id, Owner = by.Name, Spec = spec, State = JobState.Done, Created = s_noon, Ended = s_noon, HasDataSet = true, Version = 9 };
        var jobs = services.GetRequiredService<IJobCatalog>();
        await jobs.Create(new JobSeed(id, by.Name, spec, s_noon, null), by);
        await jobs.Record(view, null, [new JobEvent(id, 1, s_noon, JobState.Done, "Done.")], DataSet(view, bytes));
    }

    // Nobody reads hash and checksum here: the server hands them on.
    private static DataSet DataSet(JobView job, long bytes)
    {
        var file = new DataFile(Name, bytes, new string('0', 64), "00000000", Raw: false);
        return new DataSet
        {
            Files = [new DataSetFile(Name, new CaptureId(new ProbeId("local"), job.Id, 0), file)],
            Manifest = new Manifest
            {
                Job = job.Id,
                Owner = job.Owner,
                State = job.State,
                Partial = false,
                Created = job.Created,
                Ended = s_noon,
                Spec = job.Spec,
                Captures = [],
                Runs = [],
                Programs = new Dictionary<string, string>(),
                Files = [new ManifestFile(Name, bytes, file.Sha256)],
            },
        };
    }
}
