// SPDX-License-Identifier: BSD-3-Clause
using Tci.Bench.Flows.Captures;

namespace Tci.Bench.Flows.Runs;

/// <summary>A capture the programs are run on.</summary>
/// <param name="Name">In the report.</param>
/// <param name="Path">The file.</param>
/// <param name="Packets">In the file.</param>
/// <param name="Flows">Flows open at one time.</param>
/// <param name="WithPeers">Whether the other programs run on it too.</param>
/// <param name="Most">The most rounds: a large capture is not run as often.</param>
internal sealed record BenchInput(string Name, string Path, long Packets, int Flows, bool WithPeers, int Most = int.MaxValue)
{
    // Programs that take microseconds a packet get this part of it.
    private const int SlowPart = 20;

    /// <summary>A shorter capture of the same mix, for programs that would take minutes.</summary>
    public BenchInput Short => this with { Path = System.IO.Path.ChangeExtension(Path, ".short.pcap"), Packets = Packets / SlowPart, Flows = Math.Max(1, Flows / SlowPart) };

    /// <summary>The chosen captures; makes those that are not there yet.</summary>
    public static IReadOnlyList<BenchInput> Make(BenchOptions options)
    {
        var scale = options.Quick ? 10 : 1;
        var inputs = new List<BenchInput>
        {
            Of("mix", 1_000_000, 10_000, withPeers: true),
            Of("mix-many", 1_000_000, 200_000, withPeers: true),
            Of("handshakes", 300_000, 2_000, withPeers: true),
            Of("mix-long", 3_000_000, 10_000, withPeers: false) with { Most = 2 },
            Of("wide-10k", 5_000_000, 10_000, withPeers: false),
            Of("wide-1m", 4_000_000, 1_000_000, withPeers: false),
            Of("wide-10m", 20_000_000, 10_000_000, withPeers: false) with { Most = 2 },
        };
        inputs.RemoveAll(input => !input.Name.StartsWith(options.Only, StringComparison.Ordinal));
        foreach (var input in inputs)
        {
            input.MakeFile();
            if (input.WithPeers)
                input.Short.MakeFile();
        }
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
