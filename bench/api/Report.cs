// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Tci.Bench.Api;

/// <summary>What was measured, on the console as it comes and as JSON in the end.</summary>
internal sealed class Report(BenchSize size)
{
    public JsonObject Json { get; } = new()
    {
        ["bench"] = "api",
        ["at"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        ["machine"] = $"{Environment.ProcessorCount} processors, {File.ReadAllText("/proc/loadavg").Trim()} load, {RuntimeInformation.OSDescription}",
        ["jobs"] = size.Jobs,
        ["connections"] = size.Connections,
    };

    public void Add(string name, JsonObject figures, string line)
    {
        Json[name] = figures;
        Console.WriteLine($"{name,-16} {line}");
    }
}
