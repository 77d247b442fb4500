// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using Tci.Contracts;

namespace Tci.Api.Tests;

/// <summary>Jobs and data sets as they come out of entities.</summary>
internal static class Samples
{
    public const string JobBody =
        """{"name":"evening","points":["local/veth0"],"filter":"tcp port 443","limits":{"duration":"PT10S"},"processing":[{"processor":"flows"}]}""";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly JobId Job = new("job-a");
    public static readonly CaptureId Capture = new("local/job-a.0");
    public static readonly Caller Ann = new("ann", "192.0.2.7");

    public static JobSpec Spec() => new()
    {
        Name = "evening",
        Points = [new PointId("local/veth0")],
        Filter = "tcp port 443",
        Limits = new JobLimits { Duration = TimeSpan.FromSeconds(10) },
        Labels = new Dictionary<string, string> { ["z"] = "1", ["a"] = "žluť" },
    };

    public static JobView View(JobState state, int version = 3) => new()
    {
        Id = Job,
        Owner = "ann",
        Spec = Spec(),
        State = state,
        Created = Noon,
        Captures = [new JobCaptureView(Capture, new PointId("local/veth0"), state == JobState.Capturing ? CaptureState.Capturing : CaptureState.New, null, null, null)],
        Version = version,
    };

    public static CaptureCounters Counters(long packets) => new()
    {
        Seen = new Traffic(packets, packets * 100),
        Stored = new Traffic(packets, packets * 100),
        OutsideWindow = Traffic.None,
        Filtered = Traffic.None,
        SampledOut = Traffic.None,
        Cut = Traffic.None,
        Dropped = new Dictionary<string, Traffic> { ["kernel"] = Traffic.None, ["disk"] = Traffic.None },
        InFlight = Traffic.None,
    };

    public static PointView Point(string id, PointOrigin origin = PointOrigin.Found) => new()
    {
        Id = new PointId(id),
        Source = "afpacket:veth0",
        Origin = origin,
        Present = true,
        Captures = 0,
        Queued = 0,
        Version = 1,
    };

    public static ScheduleView Schedule(string id = "schedule-x") => new()
    {
        Id = new ScheduleId(id),
        Owner = "ann",
        Spec = new ScheduleSpec { Name = "x", Job = Spec(), Cron = "* * * * *" },
        State = ScheduleState.Active,
        Created = Noon,
        Made = 0,
        Missed = 0,
        Version = 1,
    };

    public static JobEvent Event(int sequence, JobState state, string text = "…") => new(Job, sequence, Noon.AddSeconds(sequence), state, text);

    /// <summary>Puts the job into the store as it is in a state.</summary>
    public static async Task Store(Server server, JobState state, IReadOnlyList<JobEvent>? events = null, DataSet? dataSet = null, int version = 3)
    {
        await server.Jobs.Create(new JobSeed(Job, "ann", Spec(), Noon, null), Ann);
        await server.Jobs.Record(View(state, version), null, events ?? [], dataSet);
    }

    public static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A data set of these files, which the fake probe holds.</summary>
    public static DataSet DataSet(FakeFiles files, params (string Path, byte[] Content)[] contents)
    {
        var listed = contents.Select(c => new DataSetFile(c.Path, Capture, FileOf("data/" + c.Path, c.Content))).ToList();
        foreach (var (path, content) in contents) files.Content[FakeFiles.Key(Capture, "data/" + path)] = content;
        return new DataSet { Manifest = Manifest(listed), Files = listed };
    }

    public static Manifest Manifest(IReadOnlyList<DataSetFile> files) => new()
    {
        Job = Job,
        Owner = "ann",
        State = JobState.Done,
        Partial = false,
        Created = Noon,
        Started = Noon.AddSeconds(1),
        Ended = new DateTimeOffset(2026, 3, 1, 12, 34, 56, TimeSpan.Zero),
        Spec = Spec(),
        Captures = [new JobCaptureView(Capture, new PointId("local/veth0"), CaptureState.Collected, Counters(10), null, null)],
        Runs = [],
        Programs = new Dictionary<string, string> { ["tci"] = "0.1.0", ["engine"] = "0.1.0" },
        Files = [.. files.Select(f => new ManifestFile(f.Path, f.Source.Size, f.Source.Sha256))],
    };

    // The checksum is computed bit by bit here, apart from the product's table.
    public static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }

    private static DataFile FileOf(string path, byte[] content) =>
        new(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), Crc32(content).ToString("x8"), path.EndsWith(".pcap", StringComparison.Ordinal));
}
