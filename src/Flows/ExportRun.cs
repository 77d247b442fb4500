// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using Tci.Flows.Captures;
using Tci.Flows.Csv;
using Tci.Flows.Parsing;
using Tci.Flows.Plugins;
using Tci.Flows.Plugins.Dns;
using Tci.Flows.Plugins.Http;
using Tci.Flows.Plugins.Quic;
using Tci.Flows.Plugins.Tls;
using Tci.Flows.Reassembly;
using Tci.Flows.Table;

namespace Tci.Flows;

using StandardPlugins = PluginPair<
    PluginPair<Optional<BasicPlusPlugin>, Optional<PacketStatsPlugin>>,
    PluginPair<Reassembling<PluginPair<Optional<HttpPlugin>, PluginPair<Optional<TlsPlugin>, Optional<DnsPlugin>>>>, Optional<QuicPlugin>>>;
using MessagePlugins = PluginPair<Optional<HttpPlugin>, PluginPair<Optional<TlsPlugin>, Optional<DnsPlugin>>>;

/// <summary>One export: frames in, rows out. After warm-up the loop allocates nothing.</summary>
internal sealed class ExportRun
{
    // How many packets may pass between two looks at the clock and the cancellation token.
    private const int PacketsBetweenChecks = 4096;

    private readonly MergedCapture capture;
    private readonly PluginState state;
    private readonly FlowCsvWriter writer;
    private readonly FlowCache<StandardPlugins, FlowCsvWriter> cache;
    private readonly ExportMode mode;
    private readonly FlowShare share;
    private readonly Lookahead lookahead;
    private long packets;
    private long withoutFlow;

    /// <param name="capture">Frames.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="options">Checked before.</param>
    /// <param name="share">Which flows to take; null for all.</param>
    public ExportRun(MergedCapture capture, Stream output, ExportOptions options, FlowShare? share = null)
    {
        this.capture = capture;
        this.share = share ?? FlowShare.All;
        mode = options.Mode;
        state = new PluginState(StreamBuffers.MaxStreams / this.share.Count);
        writer = new FlowCsvWriter(output, state, ColumnList.Of(options), options.LinkBitField, withHeader: this.share.Number == 0);
        cache = new FlowCache<StandardPlugins, FlowCsvWriter>(options with { FlowCapacity = this.share.Capacity(options) }, Plugins(options, state), writer, this.share);
        lookahead = new Lookahead(this.share, cache.Table, state.PacketChunks);
    }

    /// <summary>Flows written so far.</summary>
    public long Flows => cache.Exported;

    /// <exception cref="OperationCanceledException">Cancelled between two packets.</exception>
    public ExportResult Execute(ProgressClock clock, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (AddPackets(PacketsBetweenChecks))
        {
            cancellation.ThrowIfCancellationRequested();
            if (clock.IsDue)
                clock.Report(packets, capture.Position, cache.Exported);
        }
        cache.Finish();
        writer.Flush();
        clock.Report(packets, capture.Position, cache.Exported);
        return new ExportResult(packets, withoutFlow, cache.Exported, clock.Elapsed, capture.Problems) { StreamsGivenUp = state.Streams.GivenUp };
    }

    /// <summary>The order of those that read messages is that of ipfixprobe's reference runs; it decides what a split flow holds.</summary>
    private static StandardPlugins Plugins(ExportOptions options, PluginState state)
    {
        var mode = options.Mode;
        var more = ColumnList.TellsClientHello(options) ? new ClientHelloReader(mode) : null;
        bool Runs(FlowPlugins plugin) => options.Plugins.HasFlag(plugin);
        var datagram = new QuicDatagram(mode, new InitialReader(mode, state.Streams, mode == ExportMode.Full ? more : null));
        var messages = new MessagePlugins(
            new(new HttpPlugin(state.Http, mode), Runs(FlowPlugins.Http)),
            new(
                new(new TlsPlugin(state.Tls, new TlsParser(mode, more)), Runs(FlowPlugins.Tls)),
                new(new DnsPlugin(state.Dns, mode), Runs(FlowPlugins.Dns))));
        return new StandardPlugins(
            new(
                new(default, Runs(FlowPlugins.BasicPlus)),
                new(new PacketStatsPlugin(state.PacketChunks), Runs(FlowPlugins.PacketStats))),
            new(
                new(messages, state.Streams, enabled: mode == ExportMode.Full),
                new(new QuicPlugin(state.Quic, state.Streams, datagram), Runs(FlowPlugins.Quic))));
    }

    /// <summary>
    /// Adds up to so many packets; false when the input is at its end. Of several shares each passes over what it can tell
    /// to be another's without parsing it; a packet of no flow is counted by the share it falls to, else by the first.
    /// </summary>
    /// <param name="count">Packets.</param>
    /// <returns>Whether there may be more.</returns>
    // Compiled once and well: what has UInt128 in it is not precompiled, and 4096 packets are one call only.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool AddPackets(int count)
    {
        var packet = default(Packet);
        for (var i = 0; i < count; i++)
        {
            if (i % Lookahead.MaxFrames == 0 && capture.Alone is { } alone)
                lookahead.Prepare(alone);
            if (!capture.Read())
                return false;
            packets++;
            var reader = capture.Current;
            var glimpse = lookahead.Of(reader);
            if (glimpse.IsOthers)
                continue;
            if (PacketParser.TryParse(reader.Link, reader.Frame, reader.TimeMicroseconds, mode, ref packet))
                cache.Add(ref packet, glimpse.Hashes);
            else if (glimpse.IsKeyed || share.Number == 0)
                withoutFlow++;
        }
        return true;
    }
}
