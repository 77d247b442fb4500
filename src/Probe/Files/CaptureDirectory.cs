// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Files;

/// <summary>
/// The directory of one capture. The engine's files in it are docs/formats/capture-directory.md; <c>outcome.json</c>, <c>collected.json</c>, <c>run.N.json</c>, <c>run-log.N.json</c>
/// and <c>data/</c> are the probe's.
/// </summary>
internal sealed record CaptureDirectory(string Path)
{
    public string Request => In("request.json");

    public string Summary => In("summary.json");

    /// <summary>The probe's word on a capture that has no summary and will not get one.</summary>
    public string Outcome => In("outcome.json");

    public string Collected => In("collected.json");

    /// <summary>What can be downloaded.</summary>
    public string Data => In("data");

    public string Traffic => System.IO.Path.Combine(Data, "traffic.pcap");

    public string Run(int step) => In($"run.{step}.json");

    public string RunLog(int step) => In($"run-log.{step}.json");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public bool Exists => Directory.Exists(Path);
}
