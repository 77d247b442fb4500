// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins;

/// <summary>
/// Collects one group of columns. Plugins are structs put together at compile time (<see cref="PluginPair{TFirst, TSecond}"/>),
/// so that the flow table calls them without indirection.
/// </summary>
internal interface IFlowPlugin
{
    /// <summary>The flow's first packet, already counted.</summary>
    FlowAction Create(ref FlowRecord flow, in Packet packet);

    /// <summary>A further packet, before it is counted. An ended or split flow does not count it.</summary>
    FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet);

    /// <summary>The same packet, after it was counted.</summary>
    FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet);

    /// <summary>The flow timed out, was displaced, or the input ended.</summary>
    void BeforeExport(ref FlowRecord flow);

    /// <summary>The flow was written: give back what it held.</summary>
    void Release(ref FlowRecord flow);
}
