// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Bench.Flows.Runs;

/// <summary>What to run, how often, and where to put it.</summary>
internal sealed record BenchOptions
{
    /// <summary>Folder for captures and outputs; captures are kept there for the next run.</summary>
    public required string Work { get; init; }

    /// <summary>The published tci-flows.</summary>
    public required string Tci { get; init; }

    public required string Json { get; init; }

    /// <summary>How often each program runs on each capture, in turn; large captures twice at most.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>A tenth of the packets: shows that it works, measures nothing.</summary>
    public bool Quick { get; init; }

    /// <summary>Captures whose names begin so; empty for all.</summary>
    public string Only { get; init; } = "";

    public static BenchOptions Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            values[name] = name == "--quick" ? "" : ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{name} needs a value.");
        }
        return new BenchOptions
        {
            Work = values["--work"],
            Tci = values["--tci"],
            Json = values["--json"],
            Rounds = values.TryGetValue("--rounds", out var rounds) ? int.Parse(rounds) : values.ContainsKey("--quick") ? 1 : 3,
            Only = values.GetValueOrDefault("--only", ""),
            Quick = values.ContainsKey("--quick"),
        };
    }
}
