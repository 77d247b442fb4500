// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Bench.Api;

/// <summary>How much is measured.</summary>
/// <param name="Jobs">In the store.</param>
/// <param name="Connections">At once, for requests.</param>
/// <param name="Seconds">Of each measurement of requests, after a quarter of that to warm up.</param>
internal sealed record BenchSize(int Jobs, int Connections, double Seconds, long FileBytes, int ParallelDownloads, int Readers, int Events)
{
    public static readonly BenchSize Full = new(100_000, 16, 5, 1L << 30, 10, 1000, 50);
    public static readonly BenchSize Quick = new(5_000, 16, 1, 256L << 20, 10, 1000, 10);
}

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class BenchFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("tci-bench-api-").FullName;

    /// <summary>The server's.</summary>
    public string Data => Path.Combine(Root, "data");

    /// <summary>What the bare framework answers with.</summary>
    public string Answers => Path.Combine(Root, "answers");

    /// <summary>Where the file to download lies.</summary>
    public string Files => Path.Combine(Data, "captures", Filling.FileJob + ".0", "data");

    /// <summary>The file to download.</summary>
    public string File => Path.Combine(Files, Filling.FileName);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
