// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Dns;

/// <summary>The owner of an SRV record in the form of the DNS_RDATA column: two underscores removed, the first two dots as spaces.</summary>
internal static class DnsServiceName
{
    private const int Underscores = 2;
    private const int Spaces = 2;

    // A name of legal length has 255 bytes; a longer one would be cut in the column anyway.
    [ThreadStatic]
    private static TextField? scratch;

    public static bool TryAppend(ReadOnlySpan<byte> message, int offset, TextField to)
    {
        var name = scratch ??= new TextField(512);
        name.Clear();
        if (!DnsName.TryAppend(message, offset, name))
            return false;
        int underscores = 0, dots = 0;
        foreach (var b in name.Value)
        {
            if (b == '_' && underscores++ < Underscores)
                continue;
            to.Append(b == '.' && dots++ < Spaces ? (byte)' ' : b);
        }
        return true;
    }
}
