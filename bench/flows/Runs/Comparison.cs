// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.Globalization;

namespace Tci.Bench.Flows.Runs;

/// <summary>Runs every program on a capture, one after the other, round after round.</summary>
internal sealed class Comparison(BenchOptions options, IReadOnlyList<Contestant> contestants)
{
    // A run that takes longer counts as failed.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public IReadOnlyList<Measurement> Run(BenchInput input)
    {
        var chosen = contestants.Where(contestant => input.WithPeers || !contestant.IsPeer).ToList();
        var measurements = chosen.Select(contestant => new Measurement(contestant, Of(contestant, input).Packets)).ToList();
        for (var round = 0; round < Math.Min(options.Rounds, input.Most); round++)
        {
            for (var i = 0; i < chosen.Count; i++)
                RunOne(chosen[i], Of(chosen[i], input), measurements[i]);
        }
        return measurements;
    }

    private static BenchInput Of(Contestant contestant, BenchInput input) => contestant.IsSlow ? input.Short : input;

    private void RunOne(Contestant contestant, BenchInput input, Measurement measurement)
    {
        var folder = Path.Combine(options.Work, "output");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        // The time builtin of bash counts children too; one core is held to one by taskset.
        var pin = contestant.Cores == 1 ? "taskset -c 0 " : "";
        var line = $"TIMEFORMAT='%R %U %S'; time {{ {pin}bash -c \"{contestant.Command(input, folder).Replace("\"", "\\\"", StringComparison.Ordinal)}\" </dev/null >/dev/null 2>&1; }}";
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardError = true })!;
        var reading = shell.StandardError.ReadToEndAsync();
        if (!shell.WaitForExit(Deadline))
        {
            shell.Kill(entireProcessTree: true);
            measurement.Failures++;
            return;
        }
        var times = reading.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ');
        if (shell.ExitCode != 0)
            measurement.Failures++;
        else
            measurement.Add(Seconds(times[0]), Seconds(times[1]) + Seconds(times[2]));
    }

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
