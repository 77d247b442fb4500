// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Tci.EndToEnd.Stage;

/// <summary>Sends UDP packets over a wire, each with its number, from 0. Bounded in count by the caller, in rate by itself.</summary>
public sealed class Sender(Wire wire, int sourcePort = 40000) : IDisposable
{
    /// <summary>Sent at once; far below what a queue of the kernel holds.</summary>
    private const int BurstMax = 20;

    private readonly Socket _socket = wire.Far.Inside(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(wire.FarAddress), sourcePort));
        return socket;
    });

    private int _sent;

    /// <summary>Packets so far, over all ports.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>Sends packets to one port.</summary>
    /// <param name="rate">Packets a second.</param>
    /// <param name="size">Bytes of payload; the first four are the number.</param>
    public async Task Send(int port, int count, int rate = 1000, int size = 100)
    {
        var to = new IPEndPoint(IPAddress.Parse(wire.Address), port);
        var payload = new byte[size];
        var started = DateTime.UtcNow;
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(payload, _sent);
            _socket.SendTo(payload, to);
            Volatile.Write(ref _sent, _sent + 1);
            var ahead = TimeSpan.FromSeconds((double)(i + 1) / rate) - (DateTime.UtcNow - started);
            if (ahead > TimeSpan.FromMilliseconds(2)) await Task.Delay(ahead);
            else if (i % BurstMax == 0) await Task.Yield();
        }
    }

    public void Dispose() => _socket.Dispose();
}
