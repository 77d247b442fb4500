// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>Where an Initial packet lies in its datagram.</summary>
internal readonly ref struct InitialPacket(ReadOnlySpan<byte> datagram, int start, int number, int length)
{
    private const int SampleDistance = 4;

    private readonly ReadOnlySpan<byte> datagram = datagram;

    /// <summary>Offset of the first byte of the header.</summary>
    public int Start { get; } = start;

    public byte FirstByte => datagram[Start];

    /// <summary>The header up to the packet number, which is still protected.</summary>
    public ReadOnlySpan<byte> Header => datagram[Start..number];

    /// <summary>Packet number, payload and tag; false when they reach beyond the captured bytes or hold no sample.</summary>
    public bool TryGetProtected(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length < SampleDistance + InitialKeys.BlockBytes || datagram.Length - number < length)
            return false;
        bytes = datagram.Slice(number, length);
        return true;
    }

    public static ReadOnlySpan<byte> Sample(ReadOnlySpan<byte> bytes) => bytes.Slice(SampleDistance, InitialKeys.BlockBytes);
}
