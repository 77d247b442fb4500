// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Merging;

/// <summary>
/// Puts the traffic files of one capture together by time. Reads and writes what the capture engine writes: pcap, little endian, nanoseconds.
/// Each queue keeps its own order; of equal times the earlier queue comes first. Memory: half a MiB a queue, whatever the size of the files.
/// </summary>
public static class PcapMerge
{
    private const int OutputBufferBytes = 1 << 20;
    private const uint DefaultSnaplen = 262144;
    private const uint LinkTypeEthernet = 1;

    // How many packets may pass between two looks at the cancellation token.
    private const int PacketsBetweenChecks = 4096;

    /// <summary>
    /// Writes one pcap with the packets of all queues. Queues without a usable file add nothing; without any, the output is a pcap without packets.
    /// </summary>
    /// <param name="queues">The files of each queue, in the order they were written.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="consumed">Told now and then how many bytes of the inputs are done.</param>
    /// <param name="cancellation">Looked at every few thousand packets.</param>
    /// <exception cref="InvalidDataException">A file is of another format, or its link type is not that of the first; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read, or the output not be written.</exception>
    public static MergeResult Merge(IReadOnlyList<IReadOnlyList<string>> queues, Stream output, Action<long> consumed, CancellationToken cancellation)
    {
        var streams = queues.Select(files => new PcapQueue(files)).ToList();
        try
        {
            var waiting = new PriorityQueue<PcapQueue, (ulong Time, int Queue)>();
            for (var i = 0; i < streams.Count; i++)
            {
                if (streams[i].Read()) waiting.Enqueue(streams[i], (streams[i].Time, i));
            }
            // Not disposed: that would close the output.
            var buffer = new BufferedStream(output, OutputBufferBytes);
            WriteHeader(buffer, streams);
            var packets = 0L;
            while (waiting.TryDequeue(out var queue, out var place))
            {
                buffer.Write(queue.Record);
                if (++packets % PacketsBetweenChecks == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    consumed(streams.Sum(stream => stream.Consumed));
                }
                if (queue.Read()) waiting.Enqueue(queue, (queue.Time, place.Queue));
            }
            buffer.Flush();
            return new MergeResult(packets, [.. streams.SelectMany(stream => stream.Cuts)]);
        }
        finally
        {
            foreach (var stream in streams) stream.Dispose();
        }
    }

    private static void WriteHeader(Stream output, List<PcapQueue> streams)
    {
        var known = streams.Where(stream => stream.LinkType is not null).ToList();
        var other = known.Find(stream => stream.LinkType != known[0].LinkType);
        if (other is not null)
            throw new InvalidDataException($"Link type {other.LinkType} of {other.Path} is not {known[0].LinkType}, that of {known[0].Path}.");
        Span<byte> header = stackalloc byte[PcapQueue.FileHeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, PcapQueue.MagicNanoseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], known.Count == 0 ? DefaultSnaplen : known.Max(stream => stream.Snaplen));
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], known.Count == 0 ? LinkTypeEthernet : known[0].LinkType!.Value);
        output.Write(header);
    }
}
