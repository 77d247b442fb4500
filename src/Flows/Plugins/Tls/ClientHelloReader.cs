// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Tls;

/// <summary>Fills <see cref="ClientHelloFields"/>.</summary>
internal sealed class ClientHelloReader(ExportMode mode)
{
    private readonly Ja4 ja4 = new(mode);

    /// <param name="hello">A whole ClientHello.</param>
    /// <param name="transport">What carries it: <c>t</c> for TCP, <c>q</c> for QUIC.</param>
    /// <param name="fields">Are written over.</param>
    public void Read(in HelloHeader hello, byte transport, ClientHelloFields fields)
    {
        fields.Clear();
        ja4.Compute(hello, transport, fields.Ja4);
        var extensions = new TlsExtensions(hello.Extensions);
        while (extensions.Next())
        {
            if (extensions.Type == TlsExtension.Alpn)
                NameLists.ReadAlpn(extensions.Body, fields.OfferedAlpn);
            else if (extensions.Type == TlsExtension.EncryptedClientHello)
                fields.EncryptedHello = true;
        }
    }
}
