// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Tls;

/// <summary>TLS on any port. A flow has TLS columns from its ClientHello on; a ServerHello adds to them once.</summary>
internal readonly struct TlsPlugin(Pool<TlsFields> pool, TlsParser parser) : IFlowPlugin
{
    public FlowAction Create(ref FlowRecord flow, in Packet packet) => BeforeUpdate(ref flow, packet);

    public FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet)
    {
        if (flow.TlsDone)
            return FlowAction.None;
        var found = parser.ReadHello(packet.Payload, out var hello);
        if (found == HelloResult.Read)
            Take(ref flow, hello, packet.Protocol);
        return found == HelloResult.CutOff ? FlowAction.More : FlowAction.None;
    }

    public FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet) => FlowAction.None;

    public void BeforeExport(ref FlowRecord flow)
    {
    }

    public void Release(ref FlowRecord flow)
    {
        if (flow.Tls == 0)
            return;
        pool.Return(flow.Tls);
        flow.Tls = 0;
        flow.TlsDone = false;
    }

    private void Take(ref FlowRecord flow, in HelloHeader hello, byte protocol)
    {
        if (hello.Type == HelloHeader.ClientHello)
        {
            if (flow.Tls == 0)
                flow.Tls = pool.Rent();
            parser.TakeClientHello(hello, protocol == IpProtocol.Udp ? (byte)'q' : (byte)'t', pool[flow.Tls]);
        }
        else if (flow.Tls != 0)
        {
            TlsParser.TakeServerHello(hello, pool[flow.Tls]);
            flow.TlsDone = pool[flow.Tls].ServerHelloSeen;
        }
    }
}
