// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Nodes;
using Tci.Bench.Jobs;

const int JobsPerRound = 64, WaitingJobs = 10_000, ActiveJobs = 1000, FirstPackets = 30;
var json = args is ["--json", var file] ? file : null;
var result = new JsonObject
{
    ["bench"] = "jobs",
    ["at"] = DateTimeOffset.UtcNow.ToString("O"),
    ["machine"] = $"{Environment.ProcessorCount} processors, {File.ReadAllText("/proc/loadavg").Trim()} load, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}",
    ["lives"] = new JsonArray(await Life(16), await Life(128)),
    ["active"] = await Capturing(),
    ["waiting"] = await Many(),
    ["firstPacketMs"] = await First(),
};
if (json is not null) File.WriteAllText(json, result.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");

static async Task<JsonNode> Life(int atOnce)
{
    var r = await Lives.Measure(Math.Max(JobsPerRound, 2 * atOnce), atOnce);
    var (single, grouped) = (r.JobsPerSecond / r.FloorJobsPerSecond, r.JobsPerSecond / r.GroupedJobsPerSecond);
    Console.WriteLine($"lives         {r.JobsPerSecond,10:0.0} jobs/s, {r.AtOnce} at once; {r.WritesPerJob:0.0} writes, {r.CommitsPerJob:0.0} commits, {r.CpuMsPerJob:0.0} ms of processor each");
    Console.WriteLine($"  floor       {r.FloorJobsPerSecond,10:0.0} jobs/s of as many rows with a commit each: {single:0.00} of it");
    Console.WriteLine($"  floor       {r.GroupedJobsPerSecond,10:0.0} jobs/s of as many rows, {r.RowsPerCommit} with a commit: {grouped:0.00} of it");
    return new JsonObject
    {
        ["atOnce"] = r.AtOnce,
        ["jobsPerSecond"] = r.JobsPerSecond,
        ["writesPerJob"] = r.WritesPerJob,
        ["commitsPerJob"] = r.CommitsPerJob,
        ["processorMsPerJob"] = r.CpuMsPerJob,
        ["floorOneByOne"] = new JsonObject { ["jobsPerSecond"] = r.FloorJobsPerSecond, ["ratio"] = single },
        ["floorGrouped"] = new JsonObject { ["rowsPerCommit"] = r.RowsPerCommit, ["jobsPerSecond"] = r.GroupedJobsPerSecond, ["ratio"] = grouped },
    };
}

static async Task<JsonNode> Capturing()
{
    var bytes = await Active.Measure(ActiveJobs);
    Console.WriteLine($"active        {ActiveJobs,10} jobs that capture: {bytes:0} bytes of memory each");
    return new JsonObject { ["jobs"] = ActiveJobs, ["bytesPerJob"] = bytes };
}

static async Task<JsonNode> Many()
{
    var waiting = await Waiting.Measure(WaitingJobs);
    Console.WriteLine($"waiting       {WaitingJobs,10} jobs: {waiting.BytesPerJob:0} bytes each, start {waiting.StartSeconds:0.00} s, list of 50 {waiting.ListMs:0.0} ms, next start {waiting.NextStartMs:0} ms");
    return new JsonObject
    {
        ["jobs"] = WaitingJobs,
        ["bytesPerJob"] = waiting.BytesPerJob,
        ["startSeconds"] = waiting.StartSeconds,
        ["list50Ms"] = waiting.ListMs,
        ["nextStartMs"] = waiting.NextStartMs,
    };
}

static async Task<JsonNode> First()
{
    var first = await FirstPacket.Measure(FirstPackets);
    Console.WriteLine($"first packet  {first[first.Length / 2],10:0} ms after POST in the median of {first.Length} jobs, {first[^1]:0} at most");
    return new JsonObject { ["median"] = first[first.Length / 2], ["max"] = first[^1], ["jobs"] = first.Length };
}
