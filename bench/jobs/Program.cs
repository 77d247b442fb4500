// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Nodes;
using Tci.Bench.Jobs;

var json = args is ["--json", var file] ? file : null;
const int Jobs = 500, WaitingJobs = 10_000, FirstPackets = 30;

var (rate, commits) = await Lives.Measure(Jobs);
var floor = Lives.Floor((int)(Jobs * commits));
Console.WriteLine($"lives         {rate,10:0.0} jobs/s with {commits:0.0} commits each; the floor of as many plain commits is {floor / commits:0.0} jobs/s: {rate / (floor / commits):0.00} of it");

var waiting = await Waiting.Measure(WaitingJobs);
Console.WriteLine($"waiting       {WaitingJobs,10} jobs: {waiting.BytesPerJob:0} bytes each, start {waiting.StartSeconds:0.00} s, list of 50 {waiting.ListMs:0.0} ms, next start {waiting.NextStartMs:0} ms");

var first = await FirstPacket.Measure(FirstPackets);
Console.WriteLine($"first packet  {first[first.Length / 2],10:0} ms after POST in the median of {first.Length} jobs, {first[^1]:0} at most");

if (json is not null)
{
    var result = new JsonObject
    {
        ["bench"] = "jobs",
        ["at"] = DateTimeOffset.UtcNow.ToString("O"),
        ["machine"] = $"{Environment.ProcessorCount} processors, {File.ReadAllText("/proc/loadavg").Trim()} load, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}",
        ["lives"] = new JsonObject { ["jobsPerSecond"] = rate, ["commitsPerJob"] = commits, ["floorJobsPerSecond"] = floor / commits, ["ratio"] = rate / (floor / commits) },
        ["waiting"] = new JsonObject
        {
            ["jobs"] = WaitingJobs,
            ["bytesPerJob"] = waiting.BytesPerJob,
            ["startSeconds"] = waiting.StartSeconds,
            ["list50Ms"] = waiting.ListMs,
            ["nextStartMs"] = waiting.NextStartMs,
        },
        ["firstPacketMs"] = new JsonObject { ["median"] = first[first.Length / 2], ["max"] = first[^1], ["jobs"] = first.Length },
    };
    File.WriteAllText(json, result.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
}
