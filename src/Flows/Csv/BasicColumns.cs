// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Table;

namespace Tci.Flows.Csv;

/// <summary>Key, times, counters and the header fields of <see cref="Plugins.BasicPlusPlugin"/>.</summary>
internal static class BasicColumns
{
    public static void Write(Field field, RowBuffer row, in FlowRecord flow, ulong linkBitField)
    {
        switch (field)
        {
            case Field.DstIp:
                row.Address(flow.IpVersion, flow.Destination);
                break;
            case Field.SrcIp:
                row.Address(flow.IpVersion, flow.Source);
                break;
            case Field.TimeFirst:
                row.Time(flow.FirstMicroseconds);
                break;
            case Field.TimeLast:
                row.Time(flow.LastMicroseconds);
                break;
            case Field.DstMac:
                row.Mac(flow.DestinationMac);
                break;
            case Field.SrcMac:
                row.Mac(flow.SourceMac);
                break;
            default:
                row.Number(field == Field.LinkBitField ? linkBitField : Number(field, flow));
                break;
        }
    }

    public static ulong Number(Field field, in FlowRecord flow) => field switch
    {
        Field.Bytes => flow.Bytes,
        Field.BytesRev => flow.BytesReverse,
        Field.Packets => flow.Packets,
        Field.PacketsRev => flow.PacketsReverse,
        Field.SrcPort => flow.SourcePort,
        Field.DstPort => flow.DestinationPort,
        Field.Protocol => flow.Protocol,
        Field.TcpFlags => flow.TcpFlags,
        Field.TcpFlagsRev => flow.TcpFlagsReverse,
        Field.TcpOpt => flow.BasicPlus.TcpOptions,
        Field.TcpOptRev => flow.BasicPlus.TcpOptionsReverse,
        Field.TcpMss => flow.BasicPlus.TcpMss,
        Field.TcpMssRev => flow.BasicPlus.TcpMssReverse,
        Field.TcpWin => flow.BasicPlus.TcpWindow,
        Field.TcpWinRev => flow.BasicPlus.TcpWindowReverse,
        Field.TcpSynSize => flow.BasicPlus.TcpSynBytes,
        Field.IpFlg => flow.BasicPlus.IpFlags,
        Field.IpFlgRev => flow.BasicPlus.IpFlagsReverse,
        Field.IpTtl => flow.BasicPlus.IpTtl,
        Field.IpTtlRev => flow.BasicPlus.IpTtlReverse,
        Field.TunnelId => flow.TunnelId,
        Field.TunnelIdRev => flow.TunnelIdReverse,
        Field.TunnelType => (ulong)flow.Tunnel,
        _ => 0, // DIR_BIT_FIELD is always 0
    };
}
