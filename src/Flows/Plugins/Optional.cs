// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins;

/// <summary>A plugin that may be switched off for a whole run; the branch is always the same, so it costs next to nothing.</summary>
internal struct Optional<TPlugin>(TPlugin plugin, bool enabled) : IFlowPlugin
    where TPlugin : struct, IFlowPlugin
{
    private readonly bool enabled = enabled;
    private TPlugin plugin = plugin;

    public FlowAction Create(ref FlowRecord flow, in Packet packet) => enabled ? plugin.Create(ref flow, packet) : FlowAction.None;

    public FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet) =>
        enabled ? plugin.BeforeUpdate(ref flow, packet) : FlowAction.None;

    public FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet) =>
        enabled ? plugin.AfterUpdate(ref flow, packet) : FlowAction.None;

    public void BeforeExport(ref FlowRecord flow)
    {
        if (enabled)
            plugin.BeforeExport(ref flow);
    }

    public void Release(ref FlowRecord flow)
    {
        if (enabled)
            plugin.Release(ref flow);
    }
}
