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
        var handle = flow.Http != 0 ? flow.Http : pool.Rent();
        var result = isRequest ? HttpParser.ParseRequest(payload, mode, pool[handle]) : HttpParser.ParseResponse(payload, mode, pool[handle]);
        if (result == HttpResult.Second)
            return FlowAction.Split;
        if (result == HttpResult.CutOff && mode == ExportMode.Full)
        {
            flow.Http = handle;
            return FlowAction.More;
        }
        // An incomplete first message leaves no trace; one that follows another message leaves what could be read.
        if (result != HttpResult.Complete && flow.Http == 0)
            pool.Return(handle);
        else
            flow.Http = handle;
        return FlowAction.None;
    }
}
