// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Flows.Plugins;

/// <summary>What <see cref="BasicPlusPlugin"/> keeps of a flow, per direction.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct BasicPlusFields
{
    public ulong TcpOptions;
    public ulong TcpOptionsReverse;
    public uint TcpMss;
    public uint TcpMssReverse;
    public ushort TcpWindow;
    public ushort TcpWindowReverse;
    public ushort TcpSynBytes;
    public byte IpTtl;
    public byte IpTtlReverse;
    public byte IpFlags;
    public byte IpFlagsReverse;
    public bool ReverseSeen;
}
