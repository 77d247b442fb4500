// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Tls;

/// <summary>What flow.csv tells of one TLS handshake.</summary>
internal sealed class TlsFields : IPooled
{
    public const int MaxTextBytes = 254;
    public const int Ja3Bytes = 16;

    private readonly byte[] ja3 = new byte[Ja3Bytes];

    /// <summary>The ClientHello's version, or what the ServerHello chose.</summary>
    public ushort Version { get; set; }

    public TextField ServerName { get; } = new(MaxTextBytes);

    public TextField Alpn { get; } = new(MaxTextBytes);

    public Span<byte> Ja3 => ja3;

    public ClientHelloFields ClientHello { get; } = new();

    public ExtensionList Extensions { get; } = new();

    public bool ServerHelloSeen { get; set; }

    /// <inheritdoc/>
    public void Clear()
    {
        Version = 0;
        ServerHelloSeen = false;
        ServerName.Clear();
        Alpn.Clear();
        Extensions.Clear();
        ClientHello.Clear();
        ja3.AsSpan().Clear();
    }
}
