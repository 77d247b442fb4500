// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using System.Security.Cryptography;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Peers;

using Fields = IReadOnlyDictionary<string, string[]>;

/// <summary>
/// Where tshark is installed: what full mode tells of the captures of real clients is what tshark reads there. Compared
/// connection by connection, for tshark knows no flows.
/// </summary>
[TestClass]
public sealed class TsharkTests
{
    private static readonly string[] s_addresses =
        ["ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "tcp.srcport", "tcp.dstport", "udp.srcport", "udp.dstport"];

    [TestMethod]
    [DataRow("http.pcap")]
    [DataRow("http-long-header.pcap")]
    [DataRow("tls12.pcap")]
    [DataRow("tls13.pcap")]
    [DataRow("chromium-tls.pcap")]
    [DataRow("http3-chromium.pcap")]
    [DataRow("http3-gtlsclient.pcap")]
    [DataRow("dns-udp.pcap")]
    [DataRow("dns-tcp.pcap")]
    [DataRow("dns-tcp-segments.pcap")]
    [DataRow("ipv6.pcap")]
    public void Packets_bytes_flags_and_options_of_every_sender(string capture)
    {
        var packets = Packets(capture, "ip.len", "ipv6.plen", "ip.ttl", "ipv6.hlim", "tcp.flags", "tcp.window_size_value", "tcp.options.mss_val");
        var expected = packets.GroupBy(packet => Direction(packet)).Select(group => $"{group.Key}: "
            + $"{group.Count()} packets, {group.Sum(Length)} bytes, time to live {group.Max(packet => Number(packet, "ip.ttl", "ipv6.hlim"))}, "
            + $"flags {group.Aggregate(0L, (all, packet) => all | Number(packet, "tcp.flags"))}, window {Number(group.First(), "tcp.window_size_value")}, "
            + $"segment {group.Max(packet => Number(packet, "tcp.options.mss_val"))}");
        var rows = Export(capture).Rows.OrderBy(row => row["TIME_FIRST"], StringComparer.Ordinal);
        var senders = rows.SelectMany(row => new[] { (Direction(row, false), row, Way: ""), (Direction(row, true), row, Way: "_REV") })
            .Where(sender => sender.row["PACKETS" + sender.Way] != "0").Select(sender => (Key: sender.Item1, Cell: new Func<string, long>(name => long.Parse(sender.row[name + sender.Way]))));
        var actual = senders.GroupBy(sender => sender.Key).Select(group => $"{group.Key}: "
            + $"{group.Sum(row => row.Cell("PACKETS"))} packets, {group.Sum(row => row.Cell("BYTES"))} bytes, time to live {group.Max(row => row.Cell("IP_TTL"))}, "
            + $"flags {group.Aggregate(0L, (all, row) => all | row.Cell("TCP_FLAGS"))}, window {group.First().Cell("TCP_WIN")}, segment {group.Max(row => row.Cell("TCP_MSS"))}");
        Same(expected, actual);
    }

    [TestMethod]
    [DataRow("tls12.pcap", "TLS")]
    [DataRow("tls13.pcap", "TLS")]
    [DataRow("chromium-tls.pcap", "TLS")]
    [DataRow("ipv6.pcap", "TLS")]
    [DataRow("http3-chromium.pcap", "QUIC")]
    [DataRow("http3-gtlsclient.pcap", "QUIC")]
    public void Client_hellos(string capture, string carrier)
    {
        var quic = carrier == "QUIC";
        var hellos = Hellos(capture, "1");
        var expected = hellos.Select(hello =>
        {
            var types = hello["tls.handshake.extension.type"];
            return $"{Direction(hello)}: name {Joined(hello, "tls.handshake.extensions_server_name")}, extensions {List(types)} {List(hello["tls.handshake.extension.len"])}, "
                + $"offers {Joined(hello, "tls.handshake.extensions_alpn_str")}, encrypted {(types.Contains("65037") ? 1 : 0)}, JA3 {(quic ? "" : Joined(hello, "tls.handshake.ja3"))}, "
                + $"JA4 {Ja4(hello, quic ? 'q' : 't')}";
        });
        var types = quic ? "QUIC_TLS_EXT" : "TLS_EXT";
        var actual = Export(capture).Rows.Where(row => row["TLS_JA4"].Length > 0).Select(row => $"{Direction(row, false)}: name {row[carrier + "_SNI"]}, "
            + $"extensions {row[types + "_TYPE"]} {row[types + "_LEN"]}, offers {row["TLS_ALPN_OFFERED"]}, encrypted {row["TLS_ECH"]}, JA3 {row["TLS_JA3"]}, JA4 {row["TLS_JA4"]}");
        Same(expected, actual);
    }

    [TestMethod]
    [DataRow("tls12.pcap")]
    [DataRow("tls13.pcap")]
    [DataRow("chromium-tls.pcap")]
    public void Server_hellos(string capture)
    {
        var expected = Hellos(capture, "2").Select(hello => $"{Direction(hello, turned: true)}: version "
            + $"{Hex(hello["tls.handshake.extensions.supported_version"].Concat(hello["tls.handshake.version"]).First())}, chose {Joined(hello, "tls.handshake.extensions_alpn_str")}");
        var answered = Hellos(capture, "2").Select(hello => Direction(hello, turned: true)).ToHashSet();
        var actual = Export(capture).Rows.Where(row => answered.Contains(Direction(row, false)))
            .Select(row => $"{Direction(row, false)}: version {row["TLS_VERSION"]}, chose {row["TLS_ALPN"]}");
        Same(expected, actual);
    }

    [TestMethod]
    [DataRow("http3-chromium.pcap")]
    [DataRow("http3-gtlsclient.pcap")]
    [DataRow("http3-versions.pcap")]
    public void Quic_versions_and_connection_ids(string capture)
    {
        var packets = Packets(capture, "quic.version", "quic.dcid", "quic.scid").Where(packet => packet["quic.version"].Length > 0).ToList();
        var row = Export(capture).Rows.OrderBy(row => row["TIME_FIRST"], StringComparer.Ordinal).First();
        Assert.AreEqual(Hex(packets[0]["quic.version"][0]), capture == "http3-versions.pcap" ? 0x1A2A3A4A : long.Parse(row["QUIC_VERSION"]));
        if (row["QUIC_CH_PARSED"] != "1")
            return;
        Assert.AreEqual(Joined(packets[0], "quic.dcid"), row["QUIC_OSCID"]);
        Assert.AreEqual(packets.First(packet => Direction(packet) != Direction(packets[0]))["quic.scid"][0], row["QUIC_SCID"]);
    }

    [TestMethod]
    [DataRow("http.pcap")]
    [DataRow("http-long-header.pcap")]
    [DataRow("ipv6.pcap")]
    public void Requests_and_responses(string capture)
    {
        var packets = Packets(capture, "http.request.method", "http.request.uri", "http.host", "http.user_agent", "http.referer", "http.response.code", "http.server", "http.content_type", "http.set_cookie");
        Dictionary<string, string> columns = new()
        {
            ["HTTP_REQUEST_METHOD"] = "http.request.method",
            ["HTTP_REQUEST_URL"] = "http.request.uri",
            ["HTTP_REQUEST_HOST"] = "http.host",
            ["HTTP_REQUEST_AGENT"] = "http.user_agent",
            ["HTTP_REQUEST_REFERER"] = "http.referer",
            ["HTTP_RESPONSE_STATUS_CODE"] = "http.response.code",
            ["HTTP_RESPONSE_SERVER"] = "http.server",
            ["HTTP_RESPONSE_CONTENT_TYPE"] = "http.content_type",
            ["HTTP_RESPONSE_SET_COOKIE_NAMES"] = "http.set_cookie",
        };
        var rows = Export(capture).Rows;
        foreach (var (column, field) in columns)
        {
            // A request's content type is no column.
            var told = packets.Where(packet => packet[field].Length > 0 && (!column.Contains("RESPONSE") || packet["http.response.code"].Length > 0))
                .Select(packet => column.EndsWith("NAMES") ? string.Join(';', packet[field].Select(cookie => cookie.Split('=')[0])) : packet[field][0]);
            Same(told, rows.Select(row => row[column]).Where(value => value is not ("" or "0")));
        }
    }

    [TestMethod]
    [DataRow("dns-udp.pcap")]
    [DataRow("dns-tcp.pcap")]
    [DataRow("dns-tcp-segments.pcap")]
    [DataRow("ipv6.pcap")]
    public void Dns_messages(string capture)
    {
        var fields = new[] { "dns.id", "dns.qry.name", "dns.qry.type", "dns.flags.rcode", "dns.count.answers", "dns.resp.ttl", "dns.rr.udp_payload_size" };
        var expected = Packets(capture, fields).Where(packet => packet["dns.id"].Length > 0).Select(packet =>
        {
            var answered = packet["dns.count.answers"][0] != "0";
            return $"{Hex(packet["dns.id"][0])} {packet["dns.qry.name"][0]} {packet["dns.qry.type"][0]} rcode {Number(packet, "dns.flags.rcode")} "
                + $"answers {packet["dns.count.answers"][0]} ttl {(answered ? packet["dns.resp.ttl"][0] : "0")} size {Number(packet, "dns.rr.udp_payload_size")}";
        });
        var actual = Export(capture).Rows.Where(row => row["DNS_NAME"].Length > 0).Select(row =>
            $"{row["DNS_ID"]} {row["DNS_NAME"]} {row["DNS_QTYPE"]} rcode {row["DNS_RCODE"]} answers {row["DNS_ANSWERS"]} ttl {row["DNS_RR_TTL"]} size {row["DNS_PSIZE"]}");
        Same(expected, actual);
    }

    /// <summary>As its specification says, from what tshark read: no part of it is the exporter's code.</summary>
    private static string Ja4(Fields hello, char carrier)
    {
        static bool Grease(string hex) => hex[^4] == hex[^2] && hex[^3] == 'a' && hex[^1] == 'a';
        static string Hash(IEnumerable<string> values) => string.Join(',', values) is { Length: > 0 } text
            ? Convert.ToHexStringLower(SHA256.HashData(Frames.Text(text)))[..12] : "000000000000";
        var ciphers = hello["tls.handshake.ciphersuite"].Where(cipher => !Grease(cipher)).Select(cipher => cipher[^4..]).ToList();
        var extensions = hello["tls.handshake.extension.type"].Select(type => int.Parse(type).ToString("x4")).Where(type => !Grease(type)).ToList();
        var signatures = hello["tls.handshake.sig_hash_alg"].Where(value => !Grease(value)).Select(value => value[^4..]);
        var version = hello["tls.handshake.extensions.supported_version"].Where(value => !Grease(value)).Concat(hello["tls.handshake.version"]).Max(Hex);
        var protocol = hello["tls.handshake.extensions_alpn_str"].FirstOrDefault();
        var sorted = extensions.Where(type => type is not ("0000" or "0010")).Order(StringComparer.Ordinal);
        var list = string.Join(',', sorted) + (signatures.Any() ? "_" + string.Join(',', signatures) : "");
        return $"{carrier}{(version == 0x0304 ? "13" : "12")}{(extensions.Contains("0000") ? 'd' : 'i')}{Math.Min(99, ciphers.Count):d2}{Math.Min(99, extensions.Count):d2}"
            + $"{(protocol is null ? "00" : $"{protocol[0]}{protocol[^1]}")}_{Hash(ciphers.Order(StringComparer.Ordinal))}_{Hash([list])}";
    }

    private static IEnumerable<Fields> Hellos(string capture, string type) => Packets(
        capture, "tls.handshake.type", "tls.handshake.extensions_server_name", "tls.handshake.ja3", "tls.handshake.extensions_alpn_str", "tls.handshake.version",
        "tls.handshake.extensions.supported_version", "tls.handshake.extension.type", "tls.handshake.extension.len", "tls.handshake.ciphersuite", "tls.handshake.sig_hash_alg")
        .Where(packet => packet["tls.handshake.type"].Contains(type));

    private static IReadOnlyList<Fields> Packets(string capture, params string[] fields) =>
        Tshark.Packets(GoldenCaptureTests.PathOf(capture), [.. s_addresses, .. fields]);

    private static FlowFile Export(string capture) => Making.Export.Of(new ExportOptions(), File.ReadAllBytes(GoldenCaptureTests.PathOf(capture))).Flows;

    private static string Direction(Fields packet, bool turned = false)
    {
        string End(string way) => $"{packet["ip." + way].Concat(packet["ipv6." + way]).First()} {packet["tcp." + way + "port"].Concat(packet["udp." + way + "port"]).FirstOrDefault("0")}";
        return turned ? $"{End("dst")} > {End("src")}" : $"{End("src")} > {End("dst")}";
    }

    private static string Direction(Dictionary<string, string> row, bool turned)
    {
        string End(string way) => $"{row[way + "_IP"]} {row[way + "_PORT"]}";
        return turned ? $"{End("DST")} > {End("SRC")}" : $"{End("SRC")} > {End("DST")}";
    }

    private static long Length(Fields packet) => packet["ip.len"].Length > 0 ? Number(packet, "ip.len") : Number(packet, "ipv6.plen") + 40;

    private static long Number(Fields packet, params string[] fields) => fields.SelectMany(field => packet[field]).Select(Hex).FirstOrDefault();

    private static long Hex(string value) => value.StartsWith("0x", StringComparison.Ordinal)
        ? long.Parse(value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : long.Parse(value, CultureInfo.InvariantCulture);

    private static string Joined(Fields packet, string field) => string.Join(';', packet[field]);

    private static string List(string[] values) => $"[{string.Join('|', values.Take(30))}]";

    private static void Same(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.AreEqual(string.Join('\n', expected.Order(StringComparer.Ordinal)), string.Join('\n', actual.Order(StringComparer.Ordinal)));
}
