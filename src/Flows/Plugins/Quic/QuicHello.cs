// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Tls;

namespace Tci.Flows.Plugins.Quic;

/// <summary>What flow.csv tells of a ClientHello inside QUIC.</summary>
internal sealed class QuicHello
{
    public const int MaxTextBytes = 254;

    // Of extension bodies; one that would reach this is left out.
    private const int MaxBodyBytes = 1499;

    public TextField ServerName { get; } = new(MaxTextBytes);

    public TextField UserAgent { get; } = new(MaxTextBytes);

    public ExtensionList Extensions { get; } = new();

    /// <summary>Data of the ALPN and transport parameter extensions, one behind the other.</summary>
    public TextField Bodies { get; } = new(MaxBodyBytes);

    public ClientHelloFields ClientHello { get; } = new();

    public void Clear()
    {
        ServerName.Clear();
        UserAgent.Clear();
        Extensions.Clear();
        Bodies.Clear();
        ClientHello.Clear();
    }

    public void Read(in HelloHeader hello, ExportMode mode)
    {
        Clear();
        var extensions = new TlsExtensions(hello.Extensions);
        while (extensions.Next())
        {
            Extensions.Add(extensions.Type, extensions.Length);
            if (IsTold(extensions.Type) && extensions.Length <= Bodies.Room)
                Bodies.Append(extensions.Body);
            if (extensions.Length == 0)
                continue;
            if (extensions.Type == TlsExtension.ServerName)
                NameLists.ReadServerName(extensions.FromBody, ServerName);
            else if (IsTransportParameters(extensions.Type))
                TransportParameters.ReadUserAgent(extensions.FromBody, extensions.Length, mode, UserAgent);
        }
        if (extensions.IsCutOff)
            Extensions.Add(extensions.Type, extensions.Length);
    }

    private static bool IsTold(ushort type) => type == TlsExtension.Alpn || IsTransportParameters(type);

    private static bool IsTransportParameters(ushort type) =>
        type is TlsExtension.TransportParameters or TlsExtension.TransportParametersDraft13 or TlsExtension.TransportParametersDraft2;
}
