// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Tls;

namespace Tci.Flows.Csv;

/// <summary>The columns of <see cref="ClientHelloFields"/>, which TLS and QUIC share.</summary>
internal static class ClientHelloColumns
{
    public static void Write(Field field, RowBuffer row, ClientHelloFields hello)
    {
        switch (field)
        {
            case Field.TlsJa4:
                row.Text(hello.Ja4.Value);
                break;
            case Field.TlsAlpnOffered:
                row.Text(hello.OfferedAlpn.Value);
                break;
            case Field.TlsEch:
                row.Number(hello.EncryptedHello ? 1u : 0u);
                break;
        }
    }
}
