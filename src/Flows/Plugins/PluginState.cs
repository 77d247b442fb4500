// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Dns;
using Tci.Flows.Plugins.Http;
using Tci.Flows.Plugins.Quic;
using Tci.Flows.Plugins.Tls;
using Tci.Flows.Reassembly;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins;

/// <summary>What the plugins keep outside the flow records; the writer of rows reads it.</summary>
/// <param name="maxStreams">Streams that may be put together at one time.</param>
internal sealed class PluginState(int maxStreams)
{
    public Slab<PacketChunk> PacketChunks { get; } = new();

    public Pool<DnsFields> Dns { get; } = new();

    public Pool<HttpFields> Http { get; } = new();

    public Pool<TlsFields> Tls { get; } = new();

    public Pool<QuicFields> Quic { get; } = new();

    public StreamBuffers Streams { get; } = new(maxStreams);
}
