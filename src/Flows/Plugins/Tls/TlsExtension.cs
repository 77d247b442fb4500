// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Tls;

/// <summary>Extension numbers the exporter looks into (IANA TLS ExtensionType values).</summary>
internal static class TlsExtension
{
    public const ushort ServerName = 0;
    public const ushort SupportedGroups = 10;
    public const ushort PointFormats = 11;
    public const ushort Alpn = 16;
    public const ushort SupportedVersions = 43;
}
