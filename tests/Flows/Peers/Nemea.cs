// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Peers;

/// <summary>
/// ipfixprobe, and NEMEA's logger and logreplay. There are many programs called logger, so NEMEA's is taken from beside the
/// others unless NEMEA_LOGGER names it.
/// </summary>
internal sealed class Nemea
{
    private readonly PeerProgram sender;
    private readonly PeerProgram logger;

    private Nemea(string name, string variable)
    {
        sender = PeerProgram.Need(name, variable);
        logger = PeerProgram.Need("logger", "NEMEA_LOGGER", beside: sender);
    }

    public static Nemea Ipfixprobe() => new("ipfixprobe", "IPFIXPROBE");

    public static Nemea Logreplay() => new("logreplay", "NEMEA_LOGREPLAY");

    /// <summary>What ipfixprobe makes of a capture.</summary>
    /// <param name="capture">A pcap file.</param>
    /// <param name="plugins">Joined by commas.</param>
    /// <param name="tableBits">Logarithm of the number of flows it keeps.</param>
    public FlowFile Export(string capture, string plugins, int tableBits)
    {
        using var folder = new TempFolder();
        var process = plugins.Split(',').SelectMany(plugin => new[] { "-p", plugin });
        Log(folder["flow.csv"], socket =>
            ["-i", $"pcap;f={capture}", "-s", $"cache;s={tableBits}", .. process, "-o", $"unirec;e;i=u:{socket}:timeout=WAIT;p=({plugins})"]);
        return FlowFile.Load(folder["flow.csv"]);
    }

    /// <summary>Reads a flow.csv by logreplay, and writes what came of it by logger.</summary>
    public void Replay(string flows, string again) => Log(again, socket => ["-i", $"u:{socket}:timeout=WAIT", "-f", flows, "-d"]);

    private void Log(string path, Func<string, IEnumerable<string>> call)
    {
        var socket = "tci-test-" + Guid.NewGuid().ToString("N");
        var logging = logger.Start("-i", "u:" + socket, "-t", "-w", path);
        var sending = sender.Start([.. call(socket)]);
        try
        {
            PeerProgram.Finish(sending);
        }
        catch
        {
            logging.Kill();
            throw;
        }
        PeerProgram.Finish(logging);
    }
}
