// SPDX-License-Identifier: BSD-3-Clause
using Tci.Bench.Flows.Captures;

namespace Tci.Bench.Flows.Runs;

/// <summary>A capture the programs are run on.</summary>
/// <param name="Name">In the report.</param>
/// <param name="Path">The file.</param>
/// <param name="Packets">In the file.</param>
/// <param name="Flows">Flows open at one time.</param>
/// <param name="WithPeers">Whether the other programs run on it too.</param>
internal sealed record BenchInput(string Name, string Path, long Packets, int Flows, bool WithPeers)
{
    /// <summary>Makes the captures that are not there yet.</summary>
    public static IReadOnlyList<BenchInput> Make(BenchOptions options)
    {
        var scale = options.Quick ? 10 : 1;
        var inputs = new List<BenchInput>
        {
            Of("mix", 1_000_000, 10_000, withPeers: true),
            Of("mix-many", 1_000_000, 200_000, withPeers: true),
            Of("handshakes", 300_000, 2_000, withPeers: true),
            Of("wide-10k", 3_000_000, 10_000, withPeers: false),
            Of("wide-1m", 3_000_000, 1_000_000, withPeers: false),
        };
        if (options.TenMillion)
            inputs.Add(Of("wide-10m", 30_000_000, 10_000_000, withPeers: false));
        inputs.ForEach(input => input.MakeFile());
        return inputs;

        BenchInput Of(string name, long packets, int flows, bool withPeers) =>
            new(name, System.IO.Path.Combine(options.Work, $"{name}-{packets / scale}.pcap"), packets / scale, Math.Max(1, flows / scale), withPeers);
    }

    private void MakeFile()
    {
        if (File.Exists(Path))
            return;
        Console.Error.WriteLine($"making {Path}");
        var part = Path + ".part";
        if (Name.StartsWith("mix", StringComparison.Ordinal))
            CaptureMaker.Mix(part, Packets, Flows);
        else if (Name == "handshakes")
            CaptureMaker.Handshakes(part, Packets);
        else
            CaptureMaker.Wide(part, Packets, Flows);
        File.Move(part, Path);
    }
}
