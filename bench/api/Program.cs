// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Bench.Api;

// The servers that are measured are this program again, in processes of their own.
if (args is ["serve-tci", var data]) return await TciServer.Run(data);
if (args is ["serve-bare", var answers, var file]) return await BareServer.Run(answers, file);

var quick = args.Contains("--quick");
var only = After("--only");
if (only is not (null or "requests" or "downloads" or "events"))
{
    await Console.Error.WriteLineAsync($"--only takes requests, downloads or events, not '{only}'.");
    return 2;
}

var json = After("--json") ?? $"bench/results/api-{DateTime.UtcNow:yyyy-MM-dd}.json";
var size = quick ? BenchSize.Quick : BenchSize.Full;
using var folder = new BenchFolder();
var report = new Report(size);
await Filling.Fill(folder, size, report);
await using (var tci = await Contestant.Start("serve-tci", folder.Data))
{
    var token = (await File.ReadAllTextAsync(Path.Combine(folder.Data, "admin-token"))).Trim();
    if (IsAsked("requests")) await Requests.Compare(folder, tci, token, size, report);
    if (IsAsked("downloads")) await Downloads.Compare(folder, tci, token, size, report);
    if (IsAsked("events")) await FanOut.Measure(tci, token, size, report);
}

await File.WriteAllTextAsync(json, report.Json.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
Console.WriteLine($"written to {json}");
return 0;

string? After(string option) => args.SkipWhile(a => a != option).Skip(1).FirstOrDefault();

bool IsAsked(string part) => only is null || only == part;
