// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Http;

/// <summary>HTTP/1 on any port: one request and one response per flow, a second one of either kind splits it.</summary>
internal readonly struct HttpPlugin(Pool<HttpFields> pool, ExportMode mode) : IFlowPlugin
{
    public FlowAction Create(ref FlowRecord flow, in Packet packet) => Take(ref flow, packet.Payload);

    public FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet) => Take(ref flow, packet.Payload);

    public FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet) => FlowAction.None;

    public void BeforeExport(ref FlowRecord flow)
    {
    }

    public void Release(ref FlowRecord flow)
    {
        if (flow.Http == 0)
            return;
        pool.Return(flow.Http);
        flow.Http = 0;
    }

    private FlowAction Take(ref FlowRecord flow, ReadOnlySpan<byte> payload)
    {
        var isRequest = HttpParser.IsRequest(payload);
        if (!isRequest && !HttpParser.IsResponse(payload))
            return FlowAction.None;
        if (flow.Http == 0)
            flow.Http = pool.Rent();
        var fields = pool[flow.Http];
        var result = isRequest ? HttpParser.ParseRequest(payload, mode, fields) : HttpParser.ParseResponse(payload, mode, fields);
        if (result == HttpResult.Second)
            return FlowAction.Split;
        var goesOn = result == HttpResult.CutOff && mode == ExportMode.Full;
        // What could be read of an incomplete message is told once another of the flow is complete.
        fields.IsTold |= result == HttpResult.Complete || goesOn;
        return goesOn ? FlowAction.More : FlowAction.None;
    }
}
