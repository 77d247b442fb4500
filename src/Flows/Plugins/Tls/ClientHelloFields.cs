// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Tls;

/// <summary>What a ClientHello tells beyond ipfixprobe 4.16's columns, over TCP and inside QUIC alike.</summary>
internal sealed class ClientHelloFields
{
    public const int Ja4Bytes = 36;

    public TextField Ja4 { get; } = new(Ja4Bytes);

    /// <summary>The protocols the client offers, joined by semicolons.</summary>
    public TextField OfferedAlpn { get; } = new(TlsFields.MaxTextBytes);

    /// <summary>Whether the hello has an encrypted_client_hello extension; clients also send one without meaning (GREASE).</summary>
    public bool EncryptedHello { get; set; }

    public void CopyFrom(ClientHelloFields other)
    {
        Ja4.Set(other.Ja4.Value);
        OfferedAlpn.Set(other.OfferedAlpn.Value);
        EncryptedHello = other.EncryptedHello;
    }

    public void Clear()
    {
        Ja4.Clear();
        OfferedAlpn.Clear();
        EncryptedHello = false;
    }
}
