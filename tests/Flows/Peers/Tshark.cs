// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Peers;

/// <summary>The packets of a capture as tshark dissects them: of each the asked fields, each with all its values in order.</summary>
internal static class Tshark
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string[]>> Packets(string capture, params string[] fields)
    {
        var tshark = PeerProgram.Need("tshark", "TSHARK");
        var asked = fields.SelectMany(field => new[] { "-e", field });
        // QUIC is looked for on any port by tshark itself; names are not resolved.
        var output = PeerProgram.Finish(tshark.Start(["-n", "-r", capture, "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=\u0001", .. asked]));
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Packet(fields, line))];
    }

    private static Dictionary<string, string[]> Packet(string[] fields, string line) => fields.Zip(line.Split('\t'))
        .ToDictionary(pair => pair.First, pair => pair.Second.Length == 0 ? [] : pair.Second.Split('\u0001'));
}
