// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Plugins.Tls;

/// <summary>Hellos at the beginning of a packet or, in full mode, of a stream.</summary>
internal sealed class TlsParser(ExportMode mode, ClientHelloReader? more)
{
    public const int RecordHeaderBytes = 5;
    public const byte HandshakeRecord = 22;
    private const int VersionEnd = 3;

    private readonly Ja3 ja3 = new(mode);
    private readonly HandshakeRecords records = new();

    /// <summary>The hello at the start of a payload; it stays valid until the next call.</summary>
    public HelloResult ReadHello(ReadOnlySpan<byte> payload, out HelloHeader hello)
    {
        hello = default;
        if (payload.Length < VersionEnd || payload[0] != HandshakeRecord || payload[1] != 3 || payload[2] > 3)
            return HelloResult.None;
        if (payload.Length <= RecordHeaderBytes)
            return HelloResult.CutOff;
        if (mode == ExportMode.Full)
            return records.ReadHello(payload, out hello);
        return HelloHeader.TryRead(payload[RecordHeaderBytes..], out hello) ? HelloResult.Read : HelloResult.None;
    }

    public void TakeClientHello(in HelloHeader hello, byte transport, TlsFields fields)
    {
        if (fields.Version == 0)
            fields.Version = hello.Version;
        // A second ClientHello, after a retry, brings new texts; the list of extensions stays that of the first.
        var listed = fields.Extensions.Types.Length > 0;
        ReadOnlySpan<byte> groups = default, pointFormats = default;
        var extensions = new TlsExtensions(hello.Extensions);
        while (extensions.Next())
        {
            if (!listed)
                fields.Extensions.Add(extensions.Type, extensions.Length);
            if (extensions.Type == TlsExtension.ServerName)
                NameLists.ReadServerName(extensions.FromBody, fields.ServerName);
            else if (extensions.Type == TlsExtension.SupportedGroups)
                groups = extensions.FromBody;
            else if (extensions.Type == TlsExtension.PointFormats)
                pointFormats = extensions.FromBody;
        }
        ja3.Compute(hello, groups, pointFormats, fields.Ja3);
        more?.Read(hello, transport, fields.ClientHello);
    }

    public static void TakeServerHello(in HelloHeader hello, TlsFields fields)
    {
        var extensions = new TlsExtensions(hello.Extensions);
        while (extensions.Next())
        {
            fields.ServerHelloSeen = true;
            if (extensions.Type == TlsExtension.Alpn)
                NameLists.ReadAlpn(extensions.FromBody, fields.Alpn);
            else if (extensions.Type == TlsExtension.SupportedVersions && extensions.Length >= 2)
                fields.Version = BinaryPrimitives.ReadUInt16BigEndian(extensions.Body);
        }
    }
}
