// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Flows.Csv;

/// <summary>The columns of one export, in order.</summary>
internal static class ColumnList
{
    private static readonly Column Ja4 = new(Field.TlsJa4, "string", "TLS_JA4", FieldGroup.ClientHello);

    /// <summary>Full mode's own columns, behind the known ones.</summary>
    private static readonly Column[] Added =
    [
        new(Field.TlsEch, "uint8", "TLS_ECH", FieldGroup.ClientHello),
        new(Field.TlsAlpnOffered, "string", "TLS_ALPN_OFFERED", FieldGroup.ClientHello),
    ];

    private static readonly Column[] Tunnel =
    [
        new(Field.TunnelId, "uint32", "TUNNEL_ID", FieldGroup.Basic),
        new(Field.TunnelIdRev, "uint32", "TUNNEL_ID_REV", FieldGroup.Basic),
        new(Field.TunnelType, "uint8", "TUNNEL_TYPE", FieldGroup.Basic),
    ];

    public static Column[] Of(ExportOptions options)
    {
        var columns = Column.All.ToList();
        if (options.Columns == ColumnSet.Version5)
            columns.Insert(columns.FindIndex(column => column.Field == Field.TlsJa3) + 1, Ja4);
        if (options.Mode == ExportMode.Full)
            columns.AddRange(options.Columns == ColumnSet.Version5 ? [.. Added, .. Tunnel] : [.. Added, Ja4, .. Tunnel]);
        return [.. columns.Where(column => IsTold(column.Group, options))];
    }

    /// <summary>The file's first line.</summary>
    public static byte[] Header(Column[] columns) =>
        Encoding.ASCII.GetBytes(string.Join(',', columns.Select(column => $"{column.Type} {column.Name}")) + "\n");

    /// <summary>Whether anything beyond ipfixprobe 4.16 is to be read from a ClientHello.</summary>
    public static bool TellsClientHello(ExportOptions options) =>
        options.Mode == ExportMode.Full || options.Columns == ColumnSet.Version5;

    private static bool IsTold(FieldGroup group, ExportOptions options) => group switch
    {
        FieldGroup.Basic => true,
        FieldGroup.BasicPlus => options.Plugins.HasFlag(FlowPlugins.BasicPlus),
        FieldGroup.PacketStats => options.Plugins.HasFlag(FlowPlugins.PacketStats),
        FieldGroup.Dns => options.Plugins.HasFlag(FlowPlugins.Dns),
        FieldGroup.Http => options.Plugins.HasFlag(FlowPlugins.Http),
        FieldGroup.Tls => options.Plugins.HasFlag(FlowPlugins.Tls),
        FieldGroup.Quic => options.Plugins.HasFlag(FlowPlugins.Quic),
        FieldGroup.ClientHello => options.Plugins.HasFlag(FlowPlugins.Tls)
            || (options.Mode == ExportMode.Full && options.Plugins.HasFlag(FlowPlugins.Quic)),
        _ => false,
    };
}
