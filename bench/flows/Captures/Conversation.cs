// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Bench.Flows.Captures;

/// <summary>One flow that gives its packets one at a time, so that many can be interleaved.</summary>
internal struct Conversation(int number, ConversationKind kind, int packets)
{
    private static readonly byte[] Noise = MakeNoise();
    private static readonly byte[] ServerHello = Messages.ServerHello(), HttpResponse = Messages.HttpResponse();

    private readonly int packets = packets;
    private int step;
    private uint fromClient, fromServer;

    public readonly int Number => number;

    public readonly bool IsDone => step >= packets;

    public void WriteNext(CaptureWriter writer, long microseconds)
    {
        switch (kind)
        {
            case ConversationKind.Dns:
                WriteDns(writer, microseconds);
                break;
            case ConversationKind.Quic:
                WriteQuic(writer, microseconds);
                break;
            case ConversationKind.Udp:
                Datagram(writer, microseconds, 5004, Noise.AsSpan(4096 + (step % 64), 160 + (number % 900)));
                break;
            default:
                WriteTcp(writer, microseconds);
                break;
        }
        step++;
    }

    private readonly void WriteDns(CaptureWriter writer, long time) =>
        Datagram(writer, time, 53, step == 0 ? Messages.DnsQuery(number) : Messages.DnsAnswer(number));

    private readonly void Datagram(CaptureWriter writer, long time, ushort port, ReadOnlySpan<byte> payload)
    {
        var between = Endpoints.Of(number, port);
        writer.Udp(time, step % 2 == 0 ? between : between.Reversed, payload);
    }

    private readonly void WriteQuic(CaptureWriter writer, long time)
    {
        byte[] id = [1, 2, 3, (byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number, 8];
        var between = Endpoints.Of(number, 443);
        if (step < 2)
        {
            var hello = Messages.ClientHelloMessage(number, large: true, [1, 4, 0x80, 0, 0x75, 0x30]);
            writer.Udp(time, between, step == 0 ? QuicInitials.Make(id, 0, 0, hello.AsSpan(0, 1100)) : QuicInitials.Make(id, 1, 1100, hello.AsSpan(1100)));
        }
        else if (step < 4)
            writer.Udp(time, between.Reversed, [(byte)(step == 2 ? 0xC0 : 0xE0), 0, 0, 0, 1, 0, 8, 9, 9, 9, 9, 9, 9, 9, 9, .. step == 2 ? new byte[] { 0 } : [], 0x44, 0x4C, .. Noise.AsSpan(0, 1100)]);
        else
            writer.Udp(time, step % 3 == 0 ? between : between.Reversed, [0x41, .. Noise.AsSpan(0, step % 3 == 0 ? 40 : 1210)]);
    }

    private void WriteTcp(CaptureWriter writer, long time)
    {
        var between = Endpoints.Of(number, kind == ConversationKind.Http ? (ushort)80 : (ushort)443);
        switch (step)
        {
            case 0:
                writer.Tcp(time, between, 0x02, fromClient++, []);
                break;
            case 1:
                writer.Tcp(time, between.Reversed, 0x12, fromServer++, []);
                break;
            case 2:
                writer.Tcp(time, between, 0x10, fromClient, []);
                break;
            case 3 or 4:
                WriteHello(writer, time, between);
                break;
            case 5:
                FromServer(writer, time, between, kind == ConversationKind.Http ? HttpResponse : ServerHello);
                break;
            default:
                WriteData(writer, time, between);
                break;
        }
    }

    private void WriteHello(CaptureWriter writer, long time, in Endpoints between)
    {
        var message = kind == ConversationKind.Http ? Messages.HttpRequest(number) : Messages.ClientHello(number, large: kind == ConversationKind.LargeTls);
        var piece = step == 3 ? message.AsSpan(0, Math.Min(message.Length, 1400)) : message.AsSpan(Math.Min(message.Length, 1400));
        writer.Tcp(time, between, piece.IsEmpty ? (byte)0x10 : (byte)0x18, fromClient, piece);
        fromClient += (uint)piece.Length;
    }

    private void WriteData(CaptureWriter writer, long time, in Endpoints between)
    {
        if (step == packets - 1)
            writer.Tcp(time, between, 0x11, fromClient, []);
        else if (step % 3 == 0)
            writer.Tcp(time, between, 0x10, fromClient, []);
        else
            FromServer(writer, time, between, Noise.AsSpan(step * 16 % 1024, step % 5 == 0 ? 300 : 1400));
    }

    private void FromServer(CaptureWriter writer, long time, in Endpoints between, ReadOnlySpan<byte> payload)
    {
        writer.Tcp(time, between.Reversed, 0x18, fromServer, payload);
        fromServer += (uint)payload.Length;
    }

    private static byte[] MakeNoise()
    {
        var noise = new byte[8192];
        new Random(42).NextBytes(noise);
        return noise;
    }
}
