// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Bench.Flows.Captures;

/// <summary>Makes the captures the programs are compared on; the same bytes every time.</summary>
internal static class CaptureMaker
{
    /// <summary>An internet-like mix: by flows a third DNS, by packets mostly TLS and QUIC; so many flows are open at one time.</summary>
    public static void Mix(string path, long packets, int open) => Interleave(path, packets, open, longFlows: true);

    /// <summary>Handshakes and hardly anything else.</summary>
    public static void Handshakes(string path, long packets) => Interleave(path, packets, 2_000, longFlows: false);

    /// <summary>
    /// So many flows at once, two packets each in random order, and then as many others, until there are enough packets. Whatever
    /// the number at once, as many rows are written for a packet, so that the difference is the table's.
    /// </summary>
    public static void Wide(string path, long packets, int flows)
    {
        const int SecondsApart = 40; // more than the inactive time-out
        using var writer = new CaptureWriter(path);
        var random = new Random(7);
        var order = Enumerable.Range(0, flows).ToArray();
        var payload = new byte[18]; // the shortest frame of Ethernet
        for (var i = 0L; i < packets; i++)
        {
            var (generation, place) = Math.DivRem(i, 2L * flows);
            if (place % flows == 0)
                random.Shuffle(order);
            var number = (int)(((generation * flows) + order[place % flows]) % int.MaxValue);
            writer.Udp((generation * SecondsApart * 1_000_000) + (place * 10_000_000 / flows / 2), Endpoints.Of(number, 9), payload);
        }
    }

    private static void Interleave(string path, long packets, int open, bool longFlows)
    {
        using var writer = new CaptureWriter(path);
        var random = new Random(open);
        var conversations = new Conversation[open];
        var next = 0;
        for (; next < open; next++)
            conversations[next] = Begin(random, next, longFlows);
        // A flow's packets lie half a second apart on average.
        var step = 500_000.0 / open;
        for (var i = 0L; i < packets; i++)
        {
            ref var conversation = ref conversations[random.Next(open)];
            conversation.WriteNext(writer, (long)(i * step));
            if (conversation.IsDone)
                conversation = Begin(random, next++, longFlows);
        }
    }

    private static Conversation Begin(Random random, int number, bool longFlows)
    {
        int Packets(int shortest) => longFlows ? shortest + (int)Math.Min(1000, 12 * (1 / (1 - random.NextDouble()) - 1)) : shortest;
        return random.Next(100) switch
        {
            < 33 => new Conversation(number, ConversationKind.Dns, 2),
            < 38 => new Conversation(number, ConversationKind.Udp, Packets(2)),
            < 53 => new Conversation(number, ConversationKind.Quic, Packets(5)),
            < 63 => new Conversation(number, ConversationKind.Http, Packets(7)),
            < 80 => new Conversation(number, ConversationKind.Tls, Packets(7)),
            _ => new Conversation(number, ConversationKind.LargeTls, Packets(7)),
        };
    }
}
