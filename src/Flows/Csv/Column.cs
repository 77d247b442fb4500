// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Csv;

/// <summary>A column of flow.csv: its header cell is the type, a space and the name.</summary>
internal sealed record Column(Field Field, string Type, string Name, FieldGroup Group)
{
    /// <summary>
    /// The 75 columns of ipfixprobe 4.12 to 4.16 with the seven plugins. Order: size of a value descending
    /// (16, 8, 6, 4, 2, 1 bytes, then variable by size of an element), by name inside one size.
    /// </summary>
    public static readonly Column[] All =
    [
        new(Field.DstIp, "ipaddr", "DST_IP", FieldGroup.Basic),
        new(Field.SrcIp, "ipaddr", "SRC_IP", FieldGroup.Basic),
        new(Field.Bytes, "uint64", "BYTES", FieldGroup.Basic),
        new(Field.BytesRev, "uint64", "BYTES_REV", FieldGroup.Basic),
        new(Field.LinkBitField, "uint64", "LINK_BIT_FIELD", FieldGroup.Basic),
        new(Field.QuicTokenLength, "uint64", "QUIC_TOKEN_LENGTH", FieldGroup.Quic),
        new(Field.TcpOpt, "uint64", "TCP_OPT", FieldGroup.BasicPlus),
        new(Field.TcpOptRev, "uint64", "TCP_OPT_REV", FieldGroup.BasicPlus),
        new(Field.TimeFirst, "time", "TIME_FIRST", FieldGroup.Basic),
        new(Field.TimeLast, "time", "TIME_LAST", FieldGroup.Basic),
        new(Field.DstMac, "macaddr", "DST_MAC", FieldGroup.Basic),
        new(Field.SrcMac, "macaddr", "SRC_MAC", FieldGroup.Basic),
        new(Field.DnsRrTtl, "uint32", "DNS_RR_TTL", FieldGroup.Dns),
        new(Field.Packets, "uint32", "PACKETS", FieldGroup.Basic),
        new(Field.PacketsRev, "uint32", "PACKETS_REV", FieldGroup.Basic),
        new(Field.QuicClientVersion, "uint32", "QUIC_CLIENT_VERSION", FieldGroup.Quic),
        new(Field.QuicVersion, "uint32", "QUIC_VERSION", FieldGroup.Quic),
        new(Field.TcpMss, "uint32", "TCP_MSS", FieldGroup.BasicPlus),
        new(Field.TcpMssRev, "uint32", "TCP_MSS_REV", FieldGroup.BasicPlus),
        new(Field.DnsAnswers, "uint16", "DNS_ANSWERS", FieldGroup.Dns),
        new(Field.DnsClass, "uint16", "DNS_CLASS", FieldGroup.Dns),
        new(Field.DnsId, "uint16", "DNS_ID", FieldGroup.Dns),
        new(Field.DnsPsize, "uint16", "DNS_PSIZE", FieldGroup.Dns),
        new(Field.DnsQtype, "uint16", "DNS_QTYPE", FieldGroup.Dns),
        new(Field.DnsRlength, "uint16", "DNS_RLENGTH", FieldGroup.Dns),
        new(Field.DstPort, "uint16", "DST_PORT", FieldGroup.Basic),
        new(Field.HttpResponseStatusCode, "uint16", "HTTP_RESPONSE_STATUS_CODE", FieldGroup.Http),
        new(Field.QuicServerPort, "uint16", "QUIC_SERVER_PORT", FieldGroup.Quic),
        new(Field.SrcPort, "uint16", "SRC_PORT", FieldGroup.Basic),
        new(Field.TcpSynSize, "uint16", "TCP_SYN_SIZE", FieldGroup.BasicPlus),
        new(Field.TcpWin, "uint16", "TCP_WIN", FieldGroup.BasicPlus),
        new(Field.TcpWinRev, "uint16", "TCP_WIN_REV", FieldGroup.BasicPlus),
        new(Field.TlsVersion, "uint16", "TLS_VERSION", FieldGroup.Tls),
        new(Field.DirBitField, "uint8", "DIR_BIT_FIELD", FieldGroup.Basic),
        new(Field.DnsDo, "uint8", "DNS_DO", FieldGroup.Dns),
        new(Field.DnsRcode, "uint8", "DNS_RCODE", FieldGroup.Dns),
        new(Field.IpFlg, "uint8", "IP_FLG", FieldGroup.BasicPlus),
        new(Field.IpFlgRev, "uint8", "IP_FLG_REV", FieldGroup.BasicPlus),
        new(Field.IpTtl, "uint8", "IP_TTL", FieldGroup.BasicPlus),
        new(Field.IpTtlRev, "uint8", "IP_TTL_REV", FieldGroup.BasicPlus),
        new(Field.Protocol, "uint8", "PROTOCOL", FieldGroup.Basic),
        new(Field.QuicChParsed, "uint8", "QUIC_CH_PARSED", FieldGroup.Quic),
        new(Field.QuicMultiplexed, "uint8", "QUIC_MULTIPLEXED", FieldGroup.Quic),
        new(Field.QuicZeroRtt, "uint8", "QUIC_ZERO_RTT", FieldGroup.Quic),
        new(Field.TcpFlags, "uint8", "TCP_FLAGS", FieldGroup.Basic),
        new(Field.TcpFlagsRev, "uint8", "TCP_FLAGS_REV", FieldGroup.Basic),
        new(Field.DnsName, "string", "DNS_NAME", FieldGroup.Dns),
        new(Field.DnsRdata, "bytes", "DNS_RDATA", FieldGroup.Dns),
        new(Field.HttpRequestAgent, "string", "HTTP_REQUEST_AGENT", FieldGroup.Http),
        new(Field.HttpRequestHost, "string", "HTTP_REQUEST_HOST", FieldGroup.Http),
        new(Field.HttpRequestMethod, "string", "HTTP_REQUEST_METHOD", FieldGroup.Http),
        new(Field.HttpRequestReferer, "string", "HTTP_REQUEST_REFERER", FieldGroup.Http),
        new(Field.HttpRequestUrl, "string", "HTTP_REQUEST_URL", FieldGroup.Http),
        new(Field.HttpResponseContentType, "string", "HTTP_RESPONSE_CONTENT_TYPE", FieldGroup.Http),
        new(Field.HttpResponseServer, "string", "HTTP_RESPONSE_SERVER", FieldGroup.Http),
        new(Field.HttpResponseSetCookieNames, "string", "HTTP_RESPONSE_SET_COOKIE_NAMES", FieldGroup.Http),
        new(Field.PpiPktDirections, "int8*", "PPI_PKT_DIRECTIONS", FieldGroup.PacketStats),
        new(Field.PpiPktFlags, "uint8*", "PPI_PKT_FLAGS", FieldGroup.PacketStats),
        new(Field.QuicOccid, "bytes", "QUIC_OCCID", FieldGroup.Quic),
        new(Field.QuicOscid, "bytes", "QUIC_OSCID", FieldGroup.Quic),
        new(Field.QuicPackets, "uint8*", "QUIC_PACKETS", FieldGroup.Quic),
        new(Field.QuicRetryScid, "bytes", "QUIC_RETRY_SCID", FieldGroup.Quic),
        new(Field.QuicScid, "bytes", "QUIC_SCID", FieldGroup.Quic),
        new(Field.QuicSni, "string", "QUIC_SNI", FieldGroup.Quic),
        new(Field.QuicTlsExt, "bytes", "QUIC_TLS_EXT", FieldGroup.Quic),
        new(Field.QuicUserAgent, "string", "QUIC_USER_AGENT", FieldGroup.Quic),
        new(Field.TlsAlpn, "string", "TLS_ALPN", FieldGroup.Tls),
        new(Field.TlsJa3, "bytes", "TLS_JA3", FieldGroup.Tls),
        new(Field.TlsSni, "string", "TLS_SNI", FieldGroup.Tls),
        new(Field.PpiPktLengths, "uint16*", "PPI_PKT_LENGTHS", FieldGroup.PacketStats),
        new(Field.QuicTlsExtLen, "uint16*", "QUIC_TLS_EXT_LEN", FieldGroup.Quic),
        new(Field.QuicTlsExtType, "uint16*", "QUIC_TLS_EXT_TYPE", FieldGroup.Quic),
        new(Field.TlsExtLen, "uint16*", "TLS_EXT_LEN", FieldGroup.Tls),
        new(Field.TlsExtType, "uint16*", "TLS_EXT_TYPE", FieldGroup.Tls),
        new(Field.PpiPktTimes, "time*", "PPI_PKT_TIMES", FieldGroup.PacketStats),
    ];

    /// <summary>How an unset value of the column's type is written.</summary>
    public string EmptyText => Type switch
    {
        "string" => "\"\"",
        "bytes" => "",
        _ when Type.EndsWith('*') => "[]",
        _ => "0",
    };
}
