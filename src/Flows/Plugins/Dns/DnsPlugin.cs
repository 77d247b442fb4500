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
        if (packet.Protocol == IpProtocol.Tcp && !StripLength(ref message))
            return FlowAction.None;
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

    /// <summary>Over TCP a length precedes the message (RFC 1035, section 4.2.2); the message must be all of the segment.</summary>
    private static bool StripLength(ref ReadOnlySpan<byte> message)
    {
        if (message.Length < LengthBytes || BinaryPrimitives.ReadUInt16BigEndian(message) != message.Length - LengthBytes)
            return false;
        message = message[LengthBytes..];
        return true;
    }
}
