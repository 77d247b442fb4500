// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tci.Contracts;
using Tci.Store;

namespace Tci.Bench.Api;

/// <summary>Puts final jobs into a store, and a file to download. In memory first, where a commit costs little; then it is moved to the disk that is measured.</summary>
internal static class Filling
{
    public const string FileJob = "job-bench-file";
    public const string FileName = "traffic.pcap";
    private const int AtOnce = 64;
    private static readonly Caller s_by = new("bench", "internal");
    private static readonly DateTimeOffset s_noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_names = ["evening", "morning", "incident", "baseline", "nightly"];

    public static readonly PointId Point = new("local/bench");

    public static JobId Job(int number) => new($"job-bench-{number:d6}");

    public static async Task Fill(BenchFolder folder, BenchSize size, Report report)
    {
        var watch = Stopwatch.StartNew();
        Directory.CreateDirectory(folder.Files);
        var memory = Directory.CreateDirectory($"/dev/shm/tci-bench-{Environment.ProcessId}").FullName;
        try
        {
            await FillStore(Path.Combine(memory, "tci.db"), folder, size);
            foreach (var file in Directory.EnumerateFiles(memory)) File.Copy(file, Path.Combine(folder.Data, Path.GetFileName(file)));
        }
        finally
        {
            Directory.Delete(memory, recursive: true);
        }

        report.Add("fill", new JsonObject { ["seconds"] = watch.Elapsed.TotalSeconds }, $"{size.Jobs} jobs and a file of {size.FileBytes >> 20} MiB in {watch.Elapsed.TotalSeconds:0} s (not a figure of the API)");
    }

    private static async Task FillStore(string database, BenchFolder folder, BenchSize size)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddTciStore(new StoreOptions { Path = database });
        using var host = builder.Build();
        await host.StartAsync();
        var jobs = host.Services.GetRequiredService<IJobCatalog>();
        await Parallel.ForAsync(0, size.Jobs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => await Add(jobs, Job(i), i, null));
        await Add(jobs, new JobId(FileJob), size.Jobs, DataSet(await LargeFile(folder, size)));
        await host.StopAsync();
    }

    private static async Task Add(IJobCatalog jobs, JobId id, int number, DataSet? dataSet)
    {
        var spec = new JobSpec
        {
            Name = $"{s_names[number % s_names.Length]} {number}",
            Points = [Point],
            Filter = "tcp port 443",
            Limits = new JobLimits { Duration = TimeSpan.FromSeconds(10) },
            Labels = new Dictionary<string, string> { ["site"] = $"site-{number % 50}" },
        };
        var seed = new JobSeed(id, "bench", spec, s_noon.AddSeconds(number), null);
        await jobs.Create(seed, s_by);
        var view = new JobView
        {
            Id = id,
            Owner = "bench",
            Spec = spec,
            State = JobState.Done,
            Created = seed.Created,
            Ended = seed.Created.AddSeconds(11),
            Captures = [new JobCaptureView(new CaptureId(Point.Probe, id, 0), Point, CaptureState.Collected, null, null, null)],
            HasDataSet = dataSet is not null,
            Version = 9,
        };
        await jobs.Record(view, null, [new JobEvent(id, 1, seed.Created, JobState.Done, "Done.")], dataSet);
    }

    private static async Task<DataFile> LargeFile(BenchFolder folder, BenchSize size)
    {
        var block = new byte[1 << 20];
        new Random(1).NextBytes(block);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(folder.File);
        for (var written = 0L; written < size.FileBytes; written += block.Length)
        {
            await file.WriteAsync(block);
            sha.AppendData(block);
        }

        return new DataFile(FileName, size.FileBytes, Convert.ToHexStringLower(sha.GetHashAndReset()), "00000000", false);
    }

    private static DataSet DataSet(DataFile file)
    {
        var id = new JobId(FileJob);
        return new DataSet
        {
            Files = [new DataSetFile(FileName, new CaptureId(Point.Probe, id, 0), file)],
            Manifest = new Manifest
            {
                Job = id,
                Owner = "bench",
                State = JobState.Done,
                Partial = false,
                Created = s_noon,
                Ended = s_noon,
                Spec = new JobSpec { Name = "file", Points = [Point], Limits = new JobLimits { Packets = 1 } },
                Captures = [],
                Runs = [],
                Programs = new Dictionary<string, string>(),
                Files = [new ManifestFile(FileName, file.Size, file.Sha256)],
            },
        };
    }
}
