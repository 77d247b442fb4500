// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;
using Tci.Flows.Plugins.Quic;

namespace Tci.Flows.Csv;

/// <summary>The columns of <see cref="QuicPlugin"/>.</summary>
internal static class QuicColumns
{
    public static void Write(Field field, RowBuffer row, QuicFields quic)
    {
        switch (field)
        {
            case Field.QuicSni:
                row.Text(quic.Hello.ServerName.Value);
                break;
            case Field.QuicUserAgent:
                row.Text(quic.Hello.UserAgent.Value);
                break;
            case Field.QuicPackets:
                row.Numbers(MemoryMarshal.Cast<QuicPacketFlags, byte>(quic.Datagrams));
                break;
            case Field.QuicTlsExt:
                row.Hex(quic.Hello.Bodies.Value);
                break;
            case Field.QuicTlsExtType:
                row.Numbers(quic.Hello.Extensions.Types);
                break;
            case Field.QuicTlsExtLen:
                row.Numbers(quic.Hello.Extensions.Lengths);
                break;
            case Field.QuicOccid or Field.QuicOscid or Field.QuicScid or Field.QuicRetryScid:
                row.Hex(Id(field, quic));
                break;
            default:
                row.Number(Number(field, quic));
                break;
        }
    }

    private static ReadOnlySpan<byte> Id(Field field, QuicFields quic) => field switch
    {
        Field.QuicOccid => quic.OriginalClient.Id.Value,
        Field.QuicOscid => quic.OriginalServer.Id.Value,
        Field.QuicScid => quic.Server.Id.Value,
        _ => quic.Retry.Value,
    };

    private static ulong Number(Field field, QuicFields quic) => field switch
    {
        Field.QuicTokenLength => quic.TokenLength,
        Field.QuicVersion => quic.Version,
        Field.QuicClientVersion => quic.ClientVersion,
        Field.QuicServerPort => quic.ServerPort,
        Field.QuicMultiplexed => quic.Multiplexed,
        Field.QuicZeroRtt => quic.ZeroRttPackets,
        Field.QuicChParsed => quic.HelloParsed ? 1u : 0u,
        _ => 0,
    };
}
