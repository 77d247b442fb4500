// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Tls;

/// <summary>Extension numbers the exporter looks into (IANA TLS ExtensionType values).</summary>
internal static class TlsExtension
{
    public const ushort ServerName = 0;
    public const ushort SupportedGroups = 10;
    public const ushort PointFormats = 11;
    public const ushort SignatureAlgorithms = 13;
    public const ushort Alpn = 16;
    public const ushort SupportedVersions = 43;
    public const ushort TransportParameters = 0x39;
    public const ushort TransportParametersDraft13 = 0xFFA5;
    public const ushort TransportParametersDraft2 = 0x26;
    public const ushort EncryptedClientHello = 0xFE0D;
}
