// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Tls;

namespace Tci.Flows.Csv;

/// <summary>The columns of <see cref="TlsPlugin"/>.</summary>
internal static class TlsColumns
{
    public static void Write(Field field, RowBuffer row, TlsFields tls)
    {
        switch (field)
        {
            case Field.TlsVersion:
                row.Number(tls.Version);
                break;
            case Field.TlsAlpn:
                row.Text(tls.Alpn.Value);
                break;
            case Field.TlsSni:
                row.Text(tls.ServerName.Value);
                break;
            case Field.TlsJa3:
                row.Hex(tls.Ja3);
                break;
            case Field.TlsExtType:
                row.Numbers(tls.Extensions.Types);
                break;
            case Field.TlsExtLen:
                row.Numbers(tls.Extensions.Lengths);
                break;
        }
    }
}
