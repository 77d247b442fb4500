// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;

namespace Tci.Flows.Table;

/// <summary>The hashes of a flow's key, as a packet has it and the other way round. The default is that they are not known.</summary>
internal readonly record struct KeyHashes(ulong Forward, ulong Reverse)
{
    public bool IsUnknown => (Forward | Reverse) == 0;

    public static KeyHashes Of(in Packet packet) => new(FlowKey.Forward(packet), FlowKey.Reverse(packet));

    public static KeyHashes Of(in FrameKey key) => new(FlowKey.Forward(key), FlowKey.Reverse(key));
}
