// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Tls;
using Tci.Flows.Reassembly;

namespace Tci.Flows.Plugins.Quic;

/// <summary>
/// Opens client Initial packets and reads the ClientHello in them. The keys are those of the connection as far as it is
/// known, else of the packet's own destination id. Compatible mode looks at one datagram at a time; full mode puts
/// the handshake bytes of several together.
/// </summary>
internal sealed class InitialReader(ExportMode mode, StreamBuffers streams, ClientHelloReader? more)
{
    // ipfixprobe's header buffer; with a longer token the ClientHello is not read.
    private const int CompatibleHeaderBytes = 323;
    private const int MaxHeaderBytes = 4096;
    private const int MaxNumberBytes = 4;

    private readonly InitialKeyCache keys = new();
    private readonly CryptoFrames frames = new();
    private readonly byte[] header = new byte[MaxHeaderBytes];
    private readonly byte[] plain = new byte[ushort.MaxValue];
    private bool clientPacket;

    public QuicHello Hello { get; } = new();

    /// <summary>Key derivations so far.</summary>
    public long Derivations => keys.Derivations;

    /// <summary>The handshake message this datagram's Initials hold; 0 when that is not known.</summary>
    public byte HandshakeType => mode == ExportMode.Compatible ? frames.HandshakeType : clientPacket ? HelloHeader.ClientHello : (byte)0;

    public void BeginDatagram()
    {
        frames.Clear();
        clientPacket = false;
    }

    /// <summary>True when a ClientHello is whole with this packet; <see cref="Hello"/> tells it.</summary>
    public bool TryRead(in InitialPacket packet, InitialProtection protection, in ConnectionId destination, QuicFields flow)
    {
        if (mode == ExportMode.Compatible && (packet.Start > 0 || packet.Header.Length > CompatibleHeaderBytes - MaxNumberBytes))
            return false;
        ref readonly var keyId = ref flow.KeyId.Length > 0 ? ref flow.KeyId : ref destination;
        if (TryDecrypt(packet, protection, keyId, out var payload))
            return TryReadHello(payload, keyId, flow);
        // Of another connection between the same ports, or the server's id is used already.
        return !destination.Value.SequenceEqual(keyId.Value)
            && TryDecrypt(packet, protection, destination, out payload)
            && TryReadHello(payload, destination, flow);
    }

    private bool TryDecrypt(in InitialPacket packet, InitialProtection protection, in ConnectionId keyId, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (keyId.Length == 0 || !packet.TryGetProtected(out var bytes) || packet.Header.Length > MaxHeaderBytes - MaxNumberBytes)
            return false;
        var secrets = keys.Get(keyId.Value, protection.Salt, protection.Version2);
        var mask = secrets.Mask(InitialPacket.Sample(bytes));
        packet.Header.CopyTo(header);
        header[0] = (byte)(packet.FirstByte ^ (mask[0] & 0x0F));
        var numberBytes = (header[0] & 3) + 1;
        var headerBytes = packet.Header.Length + numberBytes;
        var number = 0u;
        for (var i = 0; i < numberBytes; i++)
        {
            header[packet.Header.Length + i] = (byte)(bytes[i] ^ mask[1 + i]);
            number = (number << 8) | header[packet.Header.Length + i];
        }
        var protectedPayload = bytes[numberBytes..];
        if (protectedPayload.Length <= InitialKeys.TagBytes || !QuicFrame.MayBegin(secrets.Peek(number, protectedPayload), protectedPayload.Length))
            return false;
        var count = protectedPayload.Length - InitialKeys.TagBytes;
        payload = plain.AsSpan(0, count);
        return secrets.TryDecrypt(number, header.AsSpan(0, headerBytes), protectedPayload, plain.AsSpan(0, count));
    }

    private bool TryReadHello(ReadOnlySpan<byte> payload, in ConnectionId keyId, QuicFields flow)
    {
        clientPacket = true;
        if (mode == ExportMode.Compatible)
            return frames.TryAssemble(payload) && TryTake(frames.Message);
        return TryCollect(payload, keyId, flow) && TryTakeWhole(flow);
    }

    private bool TryTake(ReadOnlySpan<byte> message)
    {
        if (!HelloHeader.TryRead(message, out var hello) || hello.Type != HelloHeader.ClientHello)
            return false;
        Hello.Read(hello, mode);
        more?.Read(hello, (byte)'q', Hello.ClientHello);
        return true;
    }

    /// <summary>Adds the packet's handshake bytes to those of its connection; false when there is nothing new to read.</summary>
    private bool TryCollect(ReadOnlySpan<byte> payload, in ConnectionId keyId, QuicFields flow)
    {
        if (flow.Stream != 0 && !flow.StreamKeyId.Value.SequenceEqual(keyId.Value))
            GiveUp(flow);
        var added = false;
        for (var at = 0; at < payload.Length;)
        {
            if (payload[at] != QuicFrame.Crypto)
            {
                if (!QuicFrame.TrySkip(payload, ref at))
                    return false;
                continue;
            }
            if (!TryAdd(payload, ref at, keyId, flow))
                return false;
            added = true;
        }
        return added;
    }

    private bool TryAdd(ReadOnlySpan<byte> payload, ref int at, in ConnectionId keyId, QuicFields flow)
    {
        at++;
        if (!VariableInteger.TryRead(payload, ref at, out var offset) || !VariableInteger.TryRead(payload, ref at, out var length)
            || length > (ulong)(payload.Length - at))
            return false;
        if (flow.Stream == 0 && !TryBegin(keyId, flow))
            return false;
        var piece = payload.Slice(at, (int)length);
        at += (int)length;
        if (streams[flow.Stream].TryAdd((long)Math.Min(offset, StreamBuffer.MaxBytes + 1), piece))
            return true;
        GiveUp(flow);
        return false;
    }

    private bool TryBegin(in ConnectionId keyId, QuicFields flow)
    {
        flow.Stream = streams.Begin();
        flow.StreamKeyId = keyId;
        return flow.Stream != 0;
    }

    private bool TryTakeWhole(QuicFields flow)
    {
        var message = streams[flow.Stream].Prefix;
        if (!HelloHeader.IsWhole(message))
            return false;
        var taken = TryTake(message);
        streams.End(flow.Stream);
        flow.Stream = 0;
        return taken;
    }

    private void GiveUp(QuicFields flow)
    {
        streams.GiveUp(flow.Stream);
        flow.Stream = 0;
    }
}
