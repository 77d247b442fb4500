// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Bench.Flows.Captures;

/// <summary>Makes the captures the programs are compared on; the same bytes every time.</summary>
internal static class CaptureMaker
{
    /// <summary>An internet-like mix: by flows a third DNS, by packets mostly TLS and QUIC; so many flows are open at one time.</summary>
    public static void Mix(string path, long packets, int open) => Interleave(path, packets, open, longFlows: true);

    /// <summary>Handshakes and hardly anything else.</summary>
    public static void Handshakes(string path, long packets) => Interleave(path, packets, 2_000, longFlows: false);

    /// <summary>So many flows at once, a packet each in random order, again and again.</summary>
    public static void Wide(string path, long packets, int flows)
    {
        using var writer = new CaptureWriter(path);
        var random = new Random(7);
        var payload = new byte[26];
        for (var i = 0L; i < packets; i++)
        {
            // Every flow once, then at random; all within the inactive time-out.
            var number = i < flows ? (int)i : random.Next(flows);
            writer.Udp(i * 20_000_000 / packets, Endpoints.Of(number, 9), payload);
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
