// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins;

/// <summary>What a plugin asks of the flow table after it saw a packet. Answers of several plugins are combined by OR.</summary>
[Flags]
internal enum FlowAction
{
    None = 0,

    /// <summary>Export the flow now.</summary>
    End = 1,

    /// <summary>Export the flow as it was before this packet; the packet begins a new one of the same key.</summary>
    Split = 3,

    /// <summary>The message goes on in packets to come; only <see cref="Reassembly.Reassembling{TInner}"/> hears this.</summary>
    More = 4,
}
