// SPDX-License-Identifier: BSD-3-Clause
using System.Numerics;
using Tci.Flows.Parsing;

namespace Tci.Flows.Table;

/// <summary>Which flows belong to one of several tables. Both directions of a flow fall to the same one.</summary>
/// <param name="number">Which share, from 0.</param>
/// <param name="count">Of how many.</param>
internal sealed class FlowShare(int number, int count)
{
    private const ulong Mixer = 0x9E3779B97F4A7C15;
    private const int MinCapacity = 16;

    public static readonly FlowShare All = new(0, 1);

    public int Number { get; } = number;

    public int Count { get; } = count;

    /// <summary>Flows to keep: an equal part of the table, rounded to a power of two.</summary>
    public int Capacity(ExportOptions options) => Math.Max(MinCapacity, options.FlowCapacity / (int)BitOperations.RoundUpToPowerOf2((uint)Count));

    public bool Has(in Packet packet) =>
        Count == 1 || Has(packet.Source ^ packet.Destination, packet.SourcePort ^ packet.DestinationPort, packet.VlanId, packet.Protocol);

    public bool Has(in FrameKey key) => Count == 1 || Has(key.Source ^ key.Destination, key.SourcePort ^ key.DestinationPort, 0, key.Protocol);

    private bool Has(UInt128 addresses, int ports, ushort vlan, byte protocol)
    {
        var mixed = ((ulong)addresses ^ (ulong)(addresses >> 64) ^ ((ulong)(uint)ports << 32) ^ ((ulong)vlan << 48) ^ protocol) * Mixer;
        return Math.BigMul(mixed, (ulong)Count, out _) == (ulong)Number;
    }
}
