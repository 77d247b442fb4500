// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tci.Flows.Table;

/// <summary>
/// What a search or a sweep needs of sixteen records: a tag of each hash, their order, and the second of each one's last
/// packet. Two neighbouring cache lines, which processors fetch together.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct FlowLine
{
    public const int Bytes = 128;
    public const ushort EmptyTag = 0;

    private const int Slots = LineOrder.Slots;

    private TagArray tags;
    private ulong difference;
    private SecondArray seconds;

    /// <summary>The order of the slots (<see cref="LineOrder"/>); kept so that a zeroed line is in its first order.</summary>
    public ulong Order
    {
        readonly get => difference ^ LineOrder.Initial;
        set => difference = value ^ LineOrder.Initial;
    }

    public static ushort Tag(ulong hash) => (ushort)((hash >> 48) | 1);

    public readonly bool IsEmpty(int slot) => tags[slot] == EmptyTag;

    public void Occupy(int slot, ulong hash, long second)
    {
        tags[slot] = Tag(hash);
        seconds[slot] = (uint)second;
    }

    public void Touch(int slot, long second) => seconds[slot] = (uint)second;

    public void Clear(int slot) => tags[slot] = EmptyTag;

    /// <summary>Slots with this tag, one bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint Match(ushort tag)
    {
        ReadOnlySpan<ushort> all = tags;
        return Vector256.Equals(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(all)), Vector256.Create(tag)).ExtractMostSignificantBits();
    }

    /// <summary>Slots that were idle for at least <paramref name="limit"/> seconds at <paramref name="now"/>, one bit each.</summary>
    public readonly uint Idle(long now, int limit)
    {
        ReadOnlySpan<uint> all = seconds;
        ref var last = ref MemoryMarshal.GetReference(all);
        var current = Vector256.Create((uint)now);
        var most = Vector256.Create(limit - 1);
        // Differences are signed, so that times which go back are not idle.
        var low = Vector256.GreaterThan((current - Vector256.LoadUnsafe(ref last)).AsInt32(), most);
        var high = Vector256.GreaterThan((current - Vector256.LoadUnsafe(ref last, 8)).AsInt32(), most);
        var idle = low.ExtractMostSignificantBits() | (high.ExtractMostSignificantBits() << 8);
        return idle == 0 ? 0 : idle & ~Match(EmptyTag);
    }

    [InlineArray(Slots)]
    private struct TagArray
    {
        private ushort first;
    }

    [InlineArray(Slots)]
    private struct SecondArray
    {
        private uint first;
    }
}
