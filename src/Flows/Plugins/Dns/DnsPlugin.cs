// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Parsing;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Dns;

/// <summary>DNS on port 53. Every message that can be read ends its flow, so query and answer are two flows.</summary>
internal readonly struct DnsPlugin(Pool<DnsFields> pool, ExportMode mode) : IFlowPlugin
{
    private const ushort Port = 53;
    private const int LengthBytes = 2;

    public FlowAction Create(ref FlowRecord flow, in Packet packet) => AfterUpdate(ref flow, packet);

    public FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet) => FlowAction.None;

    public FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet)
    {
        if (packet.SourcePort != Port && packet.DestinationPort != Port)
            return FlowAction.None;
        var message = packet.Payload;
        if (packet.Protocol == IpProtocol.Tcp && !StripLength(ref message, out var isCutOff))
            return isCutOff ? FlowAction.More : FlowAction.None;
        var handle = pool.Rent();
        if (!DnsParser.TryParse(message, mode, pool[handle]))
        {
            pool.Return(handle);
            return FlowAction.None;
        }
        flow.Dns = handle;
        return FlowAction.End;
    }

    public void BeforeExport(ref FlowRecord flow)
    {
    }

    public void Release(ref FlowRecord flow)
    {
        if (flow.Dns == 0)
            return;
        pool.Return(flow.Dns);
        flow.Dns = 0;
    }

    /// <summary>
    /// Over TCP a length precedes the message (RFC 1035, section 4.2.2). In compatible mode the message must be all of the
    /// segment; in full mode it may come in several, and others may follow it.
    /// </summary>
    private bool StripLength(ref ReadOnlySpan<byte> message, out bool isCutOff)
    {
        isCutOff = message.Length is > 0 and < LengthBytes && mode == ExportMode.Full;
        if (message.Length < LengthBytes)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(message);
        message = message[LengthBytes..];
        if (mode == ExportMode.Compatible)
            return length == message.Length;
        isCutOff = length > message.Length;
        if (isCutOff)
            return false;
        message = message[..length];
        return true;
    }
}
