// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using Tci.Flows.Plugins.Tls;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Quic;

/// <summary>What flow.csv tells of the QUIC connections of one flow, and what is needed to find it out.</summary>
internal sealed class QuicFields : IPooled
{
    public const int MaxDatagrams = 30;
    public const ulong NoToken = ulong.MaxValue;

    // Inside the object: every datagram of a handshake writes here, and an array would be one more read of memory for each.
    private DatagramFlags datagrams;

    public QuicHello Hello { get; } = new();

    /// <summary>The version of the last long header.</summary>
    public uint Version;

    /// <summary>The version of the first ClientHello.</summary>
    public uint ClientVersion;

    public bool ClientVersionSet;

    /// <summary>Bytes of the token in the last ClientHello's packet or in the Retry; <see cref="NoToken"/> before.</summary>
    public ulong TokenLength = NoToken;

    /// <summary>The client's first id for itself.</summary>
    public OptionalId OriginalClient;

    /// <summary>The id the client made up for the server.</summary>
    public OptionalId OriginalServer;

    /// <summary>The server's own id.</summary>
    public OptionalId Server;

    /// <summary>The server's id in its Retry; empty before.</summary>
    public ConnectionId Retry;

    /// <summary>The id that Initial keys are made of; empty before the first Initial.</summary>
    public ConnectionId KeyId;

    public HeldIds Held;
    public HeldIds HeldOther;

    public ushort ServerPort;
    public byte RetryPackets;
    public byte Multiplexed;
    public byte ZeroRttPackets;

    /// <summary>A ClientHello was read whole.</summary>
    public bool HelloParsed;
    public bool HelloSeen;
    public bool ExtensionsSet;
    public bool ServerSeen;

    /// <summary>Full mode: the handshake bytes of a ClientHello that is not whole yet, and the id of its keys.</summary>
    public int Stream;
    public ConnectionId StreamKeyId;

    /// <summary>What each datagram held, up to the last one that was looked at.</summary>
    public ReadOnlySpan<QuicPacketFlags> Datagrams => ((ReadOnlySpan<QuicPacketFlags>)datagrams)[..(lastDatagram + 1)];

    private int lastDatagram;

    /// <summary>Notes what the flow's datagram of this number, from 0, held.</summary>
    public void SetDatagram(uint number, QuicPacketFlags flags)
    {
        if (number >= MaxDatagrams)
            return;
        datagrams[(int)number] = flags;
        lastDatagram = (int)number;
    }

    /// <inheritdoc/>
    public void Clear()
    {
        Hello.Clear();
        datagrams = default;
        lastDatagram = 0;
        Version = ClientVersion = 0;
        TokenLength = NoToken;
        OriginalClient = OriginalServer = Server = default;
        Retry = KeyId = StreamKeyId = default;
        Held = HeldOther = default;
        ServerPort = 0;
        RetryPackets = Multiplexed = ZeroRttPackets = 0;
        ClientVersionSet = HelloParsed = HelloSeen = ExtensionsSet = ServerSeen = false;
        Stream = 0;
    }

    [InlineArray(MaxDatagrams)]
    private struct DatagramFlags
    {
        private QuicPacketFlags first;
    }
}
