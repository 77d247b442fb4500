// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>Ids of a packet whose direction was not known yet; <see cref="Port"/> says where it went, 0 that nothing is held.</summary>
internal struct HeldIds
{
    public ushort Port;
    public ConnectionId Source;
    public ConnectionId Destination;
}
