// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Nodes;
using Tci.Bench.Jobs;

const int Jobs = 500, WaitingJobs = 10_000, ActiveJobs = 1000, FirstPackets = 30;
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

// The floor is taken before and after, since the machine is seldom alone; one by one, and with as many rows a commit as the store had.
static async Task<JsonNode> Life(int atOnce)
{
    await Lives.Measure(Jobs / 5, atOnce);
    var before = Floor.Measure(Jobs * 10, 1);
    var lives = await Lives.Measure(Jobs, atOnce);
    var single = (before + Floor.Measure(Jobs * 10, 1)) / 2 / lives.WritesPerJob;
    var sharing = (int)Math.Max(1, Math.Round(lives.WritesPerJob / lives.CommitsPerJob));
    var grouped = Floor.Measure(Jobs * 30, sharing) / lives.WritesPerJob;
    Console.WriteLine($"lives         {lives.JobsPerSecond,10:0.0} jobs/s, {atOnce} at once; {lives.WritesPerJob:0.0} writes, {lives.CommitsPerJob:0.0} commits, {lives.CpuMsPerJob:0.0} ms of processor each");
    Console.WriteLine($"  floor       {single,10:0.0} jobs/s of as many plain commits: {lives.JobsPerSecond / single:0.00} of it; {grouped:0.0} with {sharing} rows a commit: {lives.JobsPerSecond / grouped:0.00} of it");
    return new JsonObject
    {
        ["atOnce"] = atOnce,
        ["jobsPerSecond"] = lives.JobsPerSecond,
        ["writesPerJob"] = lives.WritesPerJob,
        ["commitsPerJob"] = lives.CommitsPerJob,
        ["processorMsPerJob"] = lives.CpuMsPerJob,
        ["floorOneByOne"] = new JsonObject { ["jobsPerSecond"] = single, ["ratio"] = lives.JobsPerSecond / single },
        ["floorGrouped"] = new JsonObject { ["rowsPerCommit"] = sharing, ["jobsPerSecond"] = grouped, ["ratio"] = lives.JobsPerSecond / grouped },
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
