// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;

namespace Tci.Flows.Table;

/// <summary>
/// Remembers the ports of first fragments so that later ones of the same datagram find their flow. Bounded:
/// rings of four, the oldest of a full ring is forgotten.
/// </summary>
internal sealed class FragmentTable
{
    private const int Rings = 10_007; // the ring count and size ipfixprobe has
    private const int RingItems = 4;
    private const long TimeoutMicroseconds = 3_000_000;

    private readonly Entry[] entries = new Entry[Rings * RingItems];
    private readonly byte[] newest = new byte[Rings];

    /// <summary>Stores the ports of a first fragment, or gives them to a later one. Other packets are left alone.</summary>
    public void Process(ref Packet packet)
    {
        if (!packet.IsFragment)
            return;
        var key = new Key(packet.Source, packet.Destination, packet.FragmentId, packet.VlanId, packet.IpVersion, packet.TunnelKey);
        var ring = (int)((uint)key.GetHashCode() % Rings);
        if (packet.IsLaterFragment)
            Find(ring, key, ref packet);
        else
            Store(ring, key, packet);
    }

    private void Store(int ring, in Key key, in Packet packet)
    {
        newest[ring] = (byte)((newest[ring] + 1) % RingItems);
        entries[(ring * RingItems) + newest[ring]] = new Entry(key, packet.TimeMicroseconds, packet.SourcePort, packet.DestinationPort);
    }

    private void Find(int ring, in Key key, ref Packet packet)
    {
        for (var age = 0; age < RingItems; age++)
        {
            var place = (newest[ring] - age + RingItems) % RingItems;
            ref readonly var entry = ref entries[(ring * RingItems) + place];
            if (!entry.Key.Equals(key))
                continue;
            if (packet.TimeMicroseconds <= entry.TimeMicroseconds + TimeoutMicroseconds)
                (packet.SourcePort, packet.DestinationPort) = (entry.SourcePort, entry.DestinationPort);
            return;
        }
    }

    private readonly record struct Key(UInt128 Source, UInt128 Destination, uint Id, ushort VlanId, byte IpVersion, ulong TunnelKey);

    private readonly record struct Entry(Key Key, long TimeMicroseconds, ushort SourcePort, ushort DestinationPort);
}
