// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Plugins;

namespace Tci.Flows.Table;

/// <summary>
/// Decides to which flow a packet belongs and when a flow ends. The rules are those of ipfixprobe's flow cache:
/// time-outs on whole seconds, the inactive one first; a SYN after FIN or RST of the same direction begins a new flow;
/// a full line exports its last record; a part of the table is swept for idle flows with every packet.
/// </summary>
internal sealed class FlowCache<TPlugins, TSink>(ExportOptions options, TPlugins plugins, TSink sink, FlowShare share)
    where TPlugins : struct, IFlowPlugin
    where TSink : IFlowSink
{
    private const int SweptPositions = LineOrder.Slots / 2;
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly FlowTable table = new(options.FlowCapacity);
    private readonly FragmentTable fragments = new();
    private readonly int inactiveSeconds = options.InactiveTimeoutSeconds;
    private readonly int activeSeconds = options.ActiveTimeoutSeconds;
    private TPlugins plugins = plugins;
    private int sweepPosition;

    /// <summary>Where the flows are.</summary>
    public FlowTable Table => table;

    /// <summary>Flows handed to the sink so far.</summary>
    public long Exported { get; private set; }

    /// <summary>Flows in the table now.</summary>
    public int Live { get; private set; }

    /// <param name="packet">The packet.</param>
    /// <param name="hashes">Of its key, where they are known; it is then a packet of this share.</param>
    public void Add(ref Packet packet, KeyHashes hashes)
    {
        if (hashes.IsUnknown)
        {
            // Every share sees all fragments, for only then do a later one's ports tell whose it is.
            fragments.Process(ref packet);
            if (!share.Has(packet))
                return;
            hashes = KeyHashes.Of(packet);
        }
        var second = packet.TimeMicroseconds / MicrosecondsPerSecond;
        var index = FindOrMakeRoom(ref packet, hashes, out var hash);
        if (!table.IsEmpty(index) && Ends(index, packet, second, out var timedOut))
        {
            Export(index, timedOut);
            index = FindOrMakeRoom(ref packet, hashes, out hash);
        }
        var sweep = true;
        if (table.IsEmpty(index))
            Start(index, packet, hash, second);
        else
            sweep = Update(index, packet, second);
        if (sweep)
            Sweep(second);
    }

    /// <summary>Exports every flow that is left, in table order.</summary>
    public void Finish()
    {
        for (var line = 0; line < table.Lines; line++)
        {
            for (var position = 0; position < LineOrder.Slots; position++)
            {
                if (!table.IsEmpty(table.At(line, position)))
                    Export(table.At(line, position), closing: true);
            }
        }
    }

    private int FindOrMakeRoom(ref Packet packet, KeyHashes hashes, out ulong hash)
    {
        hash = hashes.Forward;
        packet.FromSource = true;
        var index = table.Find(hash);
        if (index >= 0)
            return index;
        index = table.Find(hashes.Reverse);
        if (index >= 0)
        {
            packet.FromSource = false;
            hash = hashes.Reverse;
            return index;
        }
        var line = table.LineOf(hash);
        index = table.FirstEmpty(line);
        return index >= 0 ? index : Evict(line);
    }

    private int Evict(int line)
    {
        var index = table.Last(line);
        Export(index, closing: true);
        table.MoveLastToMiddle(line);
        return index;
    }

    /// <summary>Whether this packet cannot belong to the flow found for it any more.</summary>
    private bool Ends(int index, in Packet packet, long second, out bool timedOut)
    {
        ref var flow = ref table[index];
        var sent = packet.FromSource ? flow.TcpFlags : flow.TcpFlagsReverse;
        timedOut = false;
        if ((packet.TcpFlags & Tcp.Syn) != 0 && (sent & (Tcp.Fin | Tcp.Rst)) != 0)
            return true;
        timedOut = second - (flow.LastMicroseconds / MicrosecondsPerSecond) >= inactiveSeconds
            || second - (flow.FirstMicroseconds / MicrosecondsPerSecond) >= activeSeconds;
        return timedOut;
    }

    private void Start(int index, in Packet packet, ulong hash, long second)
    {
        ref var flow = ref table[index];
        flow.Start(packet, hash);
        table.Occupy(index, hash, second);
        Live++;
        if (plugins.Create(ref flow, packet) != FlowAction.None)
            Export(index, closing: false);
    }

    /// <summary>Returns false when the packet ended the flow, after which ipfixprobe does not sweep.</summary>
    private bool Update(int index, in Packet packet, long second)
    {
        ref var flow = ref table[index];
        table.Touch(index, second);
        var action = plugins.BeforeUpdate(ref flow, packet);
        if (action == FlowAction.None)
        {
            flow.Count(packet);
            action = plugins.AfterUpdate(ref flow, packet);
        }
        if (action == FlowAction.None)
            return true;
        if (action == FlowAction.Split)
            Split(index, packet);
        else
            Export(index, closing: false);
        return false;
    }

    /// <summary>Exports what the flow was before this packet and goes on with this packet as the first of a new one.</summary>
    private void Split(int index, in Packet packet)
    {
        ref var flow = ref table[index];
        Hand(ref flow);
        flow.StartAgain(packet);
        if (plugins.Create(ref flow, packet) != FlowAction.None)
            Export(index, closing: false);
    }

    private void Sweep(long second)
    {
        var line = sweepPosition / LineOrder.Slots;
        var first = sweepPosition % LineOrder.Slots;
        var idle = table.Idle(line, second, inactiveSeconds);
        for (var position = first; idle != 0 && position < first + SweptPositions; position++)
        {
            var index = table.At(line, position);
            if ((idle >> (index % LineOrder.Slots) & 1) != 0)
                Export(index, closing: true);
        }
        sweepPosition = (sweepPosition + SweptPositions) % table.Capacity;
    }

    /// <param name="index">The record.</param>
    /// <param name="closing">Whether the flow ran out by itself; flows ended by one of their packets skip the plugins' last word.</param>
    private void Export(int index, bool closing)
    {
        ref var flow = ref table[index];
        if (closing)
            plugins.BeforeExport(ref flow);
        Hand(ref flow);
        table.Clear(index);
        Live--;
    }

    private void Hand(ref FlowRecord flow)
    {
        sink.Write(flow);
        plugins.Release(ref flow);
        Exported++;
    }
}
