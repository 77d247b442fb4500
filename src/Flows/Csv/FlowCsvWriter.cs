// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins;
using Tci.Flows.Plugins.Tls;
using Tci.Flows.Table;

namespace Tci.Flows.Csv;

/// <summary>Writes flow.csv: the header before the first flow, then a row per flow. Without flows the file stays empty.</summary>
/// <param name="output">Takes the rows.</param>
/// <param name="state">What the plugins keep outside the records.</param>
/// <param name="columns">Which columns.</param>
/// <param name="linkBitField">Which exporter.</param>
/// <param name="withHeader">Whether the rows begin a file.</param>
internal sealed class FlowCsvWriter(Stream output, PluginState state, Column[] columns, ulong linkBitField, bool withHeader) : IFlowSink
{
    private readonly RowBuffer row = new(output);
    private readonly Segment[] segments = Segment.Of(columns);
    private bool headerWritten = !withHeader;

    public void Write(in FlowRecord flow)
    {
        if (!headerWritten)
            WriteHeader();
        var present = Present(flow);
        foreach (var segment in segments)
        {
            if ((present >> (int)segment.Group & 1) == 0)
            {
                row.Raw(segment.WhenAbsent);
                continue;
            }
            foreach (var field in segment.Fields)
            {
                WriteField(segment.Group, field, flow);
                row.Comma();
            }
        }
        row.EndRow();
    }

    /// <summary>Writes what is still buffered.</summary>
    public void Flush() => row.Flush();

    /// <summary>The groups the flow has something of, a bit each; asked once, for a row has three segments of a group and more.</summary>
    private uint Present(in FlowRecord flow) =>
        Bit(FieldGroup.Basic, true) | Bit(FieldGroup.BasicPlus, true)
        | Bit(FieldGroup.PacketStats, flow.PacketStats.Count > 0)
        | Bit(FieldGroup.Dns, flow.Dns != 0)
        | Bit(FieldGroup.Http, flow.Http != 0 && state.Http[flow.Http].IsTold)
        | Bit(FieldGroup.Tls, flow.Tls != 0)
        | Bit(FieldGroup.Quic, flow.Quic != 0)
        | Bit(FieldGroup.ClientHello, flow.Tls != 0 || flow.Quic != 0);

    private static uint Bit(FieldGroup group, bool isPresent) => isPresent ? 1u << (int)group : 0;

    private void WriteField(FieldGroup group, Field field, in FlowRecord flow)
    {
        switch (group)
        {
            case FieldGroup.Basic or FieldGroup.BasicPlus:
                BasicColumns.Write(field, row, flow, linkBitField);
                break;
            case FieldGroup.PacketStats:
                PacketStatsColumns.Write(field, row, flow, state.PacketChunks);
                break;
            case FieldGroup.Dns:
                DnsColumns.Write(field, row, state.Dns[flow.Dns]);
                break;
            case FieldGroup.Http:
                HttpColumns.Write(field, row, state.Http[flow.Http]);
                break;
            case FieldGroup.Tls:
                TlsColumns.Write(field, row, state.Tls[flow.Tls]);
                break;
            case FieldGroup.Quic:
                QuicColumns.Write(field, row, state.Quic[flow.Quic]);
                break;
            case FieldGroup.ClientHello:
                ClientHelloColumns.Write(field, row, ClientHello(flow)!);
                break;
        }
    }

    private ClientHelloFields? ClientHello(in FlowRecord flow) =>
        flow.Tls != 0 ? state.Tls[flow.Tls].ClientHello : flow.Quic != 0 ? state.Quic[flow.Quic].Hello.ClientHello : null;

    private void WriteHeader()
    {
        row.Raw(ColumnList.Header(columns));
        row.EndRow();
        headerWritten = true;
    }
}
