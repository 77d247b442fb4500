// SPDX-License-Identifier: BSD-3-Clause
using System.Numerics;

namespace Tci.Bench.Flows.Runs;

/// <summary>A program and how it is called; the shell runs the line, its output goes into a folder of its own.</summary>
/// <param name="Name">In the report.</param>
/// <param name="Cores">Cores it may use.</param>
/// <param name="IsPeer">Not TCI.</param>
/// <param name="IsSlow">Gets the shorter capture.</param>
/// <param name="Command">The line for an input and an empty folder.</param>
internal sealed record Contestant(string Name, int Cores, bool IsPeer, bool IsSlow, Func<BenchInput, string, string> Command)
{
    /// <summary>TCI on one core, TCI on all, and every peer that is on the machine.</summary>
    public static IReadOnlyList<Contestant> Present(BenchOptions options)
    {
        var cores = Environment.ProcessorCount;
        var all = new List<Contestant>
        {
            Tci("tci-flows", options, "", 1),
            Tci("tci-flows compatible", options, " --mode compatible", 1),
        };
        if (cores > 1)
            all.Add(Tci($"tci-flows --threads {cores}", options, $" --threads {cores}", cores));
        if (Find("ipfixprobe", "IPFIXPROBE") is { } ipfixprobe && Find("logger", "NEMEA_LOGGER", anyLogger: false) is { } logger)
        {
            string Both(BenchInput input, string folder) =>
                $"{logger} -i u:tcibench -t -w {folder}/flow.csv & {ipfixprobe} -i 'pcap;f={input.Path}' -p basicplus -p http -p pstats -p tls -p dns -p quic "
                + "-o 'unirec;e;i=u:tcibench:timeout=WAIT;p=(basicplus,http,pstats,tls,dns,quic)'; wait";
            all.Add(new Contestant("ipfixprobe with logger", 1, true, false, Both));
            // The logger is a program of its own, so the two can use two cores.
            if (cores > 1)
                all.Add(new Contestant("ipfixprobe with logger, two cores", 2, true, false, Both));
        }
        if (Find("nfpcapd") is { } nfpcapd)
            all.Add(new Contestant("nfpcapd (binary, no CSV)", 1, true, false, (input, folder) => $"{nfpcapd} -r {input.Path} -w {folder}"));
        if (Find("softflowd") is { } softflowd)
            all.Add(new Contestant("softflowd (no output)", 1, true, false, (input, _) => $"{softflowd} -d -r {input.Path} -c none -p none"));
        if (Find("tshark") is { } tshark)
        {
            all.Add(new Contestant("tshark fields (a row a packet)", 1, true, true, (input, folder) =>
                $"{tshark} -n -r {input.Path} -T fields -E separator=, -e frame.time_epoch -e ip.src -e ip.dst -e tcp.srcport -e tls.handshake.extensions_server_name -e http.host -e dns.qry.name > {folder}/fields.csv"));
        }
        return all;
    }

    private static Contestant Tci(string name, BenchOptions options, string more, int cores) => new(name, cores, false, false, (input, folder) =>
        $"{options.Tci} {input.Path} -o {folder} --progress none --flows {Math.Max(131_072, BitOperations.RoundUpToPowerOf2((uint)input.Flows * 3 / 2))}{more}");

    /// <summary>A program by the variable that names it, or on the PATH. There are many programs called logger: that one is never guessed.</summary>
    private static string? Find(string program, string? variable = null, bool anyLogger = true)
    {
        if (variable is not null && Environment.GetEnvironmentVariable(variable) is { } named)
            return named;
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin");
        return anyLogger ? places.Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists) : null;
    }
}
