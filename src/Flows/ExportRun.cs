// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;
using Tci.Flows.Csv;
using Tci.Flows.Parsing;
using Tci.Flows.Plugins;
using Tci.Flows.Plugins.Dns;
using Tci.Flows.Plugins.Http;
using Tci.Flows.Plugins.Tls;
using Tci.Flows.Table;

namespace Tci.Flows;

using StandardPlugins = PluginPair<PluginPair<BasicPlusPlugin, HttpPlugin>, PluginPair<PacketStatsPlugin, PluginPair<TlsPlugin, DnsPlugin>>>;

/// <summary>One export: frames in, rows out. After warm-up the loop allocates nothing.</summary>
internal sealed class ExportRun
{
    // How many packets may pass between two looks at the clock and the cancellation token.
    private const int PacketsBetweenChecks = 4096;

    private readonly MergedCapture capture;
    private readonly FlowCsvWriter writer;
    private readonly FlowCache<StandardPlugins, FlowCsvWriter> cache;
    private readonly ExportMode mode;
    private long packets;
    private long withoutFlow;

    public ExportRun(MergedCapture capture, Stream output, ExportOptions options)
    {
        this.capture = capture;
        mode = options.Mode;
        var state = new PluginState();
        writer = new FlowCsvWriter(output, state, options.LinkBitField);
        // The order is that of ipfixprobe's reference runs; it decides what a split flow holds.
        var plugins = new StandardPlugins(
            new(default, new HttpPlugin(state.Http)),
            new(
                new PacketStatsPlugin(state.PacketChunks),
                new(new TlsPlugin(state.Tls, new TlsParser(mode)), new DnsPlugin(state.Dns, mode))));
        cache = new FlowCache<StandardPlugins, FlowCsvWriter>(options, plugins, writer);
    }

    /// <summary>Flows written so far.</summary>
    public long Flows => cache.Exported;

    /// <exception cref="OperationCanceledException">Cancelled between two packets.</exception>
    public ExportResult Execute(ProgressClock clock, CancellationToken cancellation)
    {
        while (AddPackets(PacketsBetweenChecks))
        {
            cancellation.ThrowIfCancellationRequested();
            if (clock.IsDue)
                clock.Report(packets, capture.Position, cache.Exported);
        }
        cache.Finish();
        writer.Flush();
        clock.Report(packets, capture.Position, cache.Exported);
        return new ExportResult(packets, withoutFlow, cache.Exported, clock.Elapsed, capture.Problems);
    }

    /// <summary>Adds up to so many packets; false when the input is at its end.</summary>
    public bool AddPackets(int count)
    {
        var packet = default(Packet);
        for (var i = 0; i < count; i++)
        {
            if (!capture.Read())
                return false;
            packets++;
            var reader = capture.Current;
            if (PacketParser.TryParse(reader.Link, reader.Frame, reader.TimeMicroseconds, mode, ref packet))
                cache.Add(ref packet);
            else
                withoutFlow++;
        }
        return true;
    }
}
