// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Parsing;

/// <summary>The tunnel a packet was taken out of; the numbers are those of the column TUNNEL_TYPE.</summary>
internal enum TunnelType : byte
{
    None,
    Vxlan,
    Geneve,
    GtpUser,
    Erspan,
}
