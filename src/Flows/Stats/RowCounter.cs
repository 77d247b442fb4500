// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Flows.Csv;
using Tci.Flows.Index;
using Tci.Flows.Reading;

namespace Tci.Flows.Stats;

/// <summary>Counts the rows of a flow.csv.</summary>
internal sealed class RowCounter
{
    private const byte Tcp = 6, Udp = 17;
    private const uint MappedWord = 0xFFFF;

    private static readonly (string Column, string Prefix)[] s_names =
        [("DNS_NAME", "dns "), ("HTTP_REQUEST_HOST", "http "), ("QUIC_SNI", "quic "), ("TLS_SNI", "tls ")];

    private readonly TopCounter<byte> protocols = new();
    private readonly TopCounter<UInt128> talkers = new();
    private readonly TopCounter<(byte Protocol, ushort Port)> ports = new();
    private readonly TopCounter<string> names = new();
    private readonly Histogram durations = Histogram.OfDurations();
    private long flows;
    private ulong packets;
    private ulong bytes;
    private long first = long.MaxValue;
    private long last = long.MinValue;

    /// <exception cref="InvalidDataException">A row is damaged, or a column that every flow.csv has is missing.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two rows.</exception>
    public void AddAll(FlowCsvReader csv, CancellationToken cancellation)
    {
        if (csv.Columns.Count == 0)
            return;
        var row = new RowColumns(csv);
        var seen = s_names.Select(name => (Column: csv.Find(name.Column), name.Prefix)).Where(name => name.Column >= 0).ToArray();
        while (csv.Read())
        {
            if (csv.Rows % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            Add(row);
            foreach (var (column, prefix) in seen)
            {
                if (csv.Cell(column).Length > 2)
                    names.Add(prefix + Encoding.Latin1.GetString(csv.Text(column)), row.Packets, row.Bytes);
            }
        }
    }

    public CaptureStatistics Result(int items) => new()
    {
        Flows = flows,
        Packets = packets,
        Bytes = bytes,
        First = flows == 0 ? null : DateTime.UnixEpoch.AddMicroseconds(first),
        Last = flows == 0 ? null : DateTime.UnixEpoch.AddMicroseconds(last),
        Protocols = protocols.Top(byte.MaxValue + 1, ProtocolName).Items,
        Talkers = talkers.Top(items, AddressName),
        Ports = ports.Top(items, key => $"{ProtocolName(key.Protocol)}/{key.Port}"),
        Names = names.Top(items, name => name),
        Durations = durations.Buckets,
    };

    private void Add(RowColumns row)
    {
        flows++;
        packets += row.Packets;
        bytes += row.Bytes;
        first = Math.Min(first, row.First);
        last = Math.Max(last, row.Last);
        var protocol = row.Protocol;
        protocols.Add(protocol, row.Packets, row.Bytes);
        durations.Add(OrderKeys.Duration(row.First, row.Last));
        if (protocol is Tcp or Udp)
            ports.Add((protocol, row.LowerPort), row.Packets, row.Bytes);
        talkers.Add(row.Source, row.Packets, row.Bytes);
        if (row.Destination != row.Source)
            talkers.Add(row.Destination, row.Packets, row.Bytes);
    }

    private static string ProtocolName(byte protocol) => protocol switch
    {
        1 => "icmp",
        2 => "igmp",
        4 => "ip-in-ip",
        Tcp => "tcp",
        Udp => "udp",
        47 => "gre",
        50 => "esp",
        58 => "icmp6",
        132 => "sctp",
        _ => $"protocol {protocol}",
    };

    private static string AddressName(UInt128 address)
    {
        Span<byte> text = stackalloc byte[48];
        var length = address >> 32 == MappedWord
            ? AddressText.WriteVersion4((uint)address, text)
            : AddressText.WriteVersion6(address, text);
        return Encoding.ASCII.GetString(text[..length]);
    }
}
