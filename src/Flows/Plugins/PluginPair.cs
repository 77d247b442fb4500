// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins;

/// <summary>Two plugins as one; nested, a list of any length that the compiler sees through. The order is that of the calls.</summary>
internal struct PluginPair<TFirst, TSecond>(TFirst first, TSecond second) : IFlowPlugin
    where TFirst : struct, IFlowPlugin
    where TSecond : struct, IFlowPlugin
{
    private TFirst first = first;
    private TSecond second = second;

    public FlowAction Create(ref FlowRecord flow, in Packet packet) =>
        first.Create(ref flow, packet) | second.Create(ref flow, packet);

    public FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet) =>
        first.BeforeUpdate(ref flow, packet) | second.BeforeUpdate(ref flow, packet);

    public FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet) =>
        first.AfterUpdate(ref flow, packet) | second.AfterUpdate(ref flow, packet);

    public void BeforeExport(ref FlowRecord flow)
    {
        first.BeforeExport(ref flow);
        second.BeforeExport(ref flow);
    }

    public void Release(ref FlowRecord flow)
    {
        first.Release(ref flow);
        second.Release(ref flow);
    }
}
