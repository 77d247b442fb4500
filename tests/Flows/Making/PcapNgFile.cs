// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>Writes a pcapng file into memory, block by block.</summary>
internal sealed class PcapNgFile(bool bigEndian = false)
{
    private readonly ByteBuilder bytes = new();

    public PcapNgFile Section() =>
        Block(0x0A0D0D0A, body => Number(body, 0x1A2B3C4D, 4).Number(1, 2, bigEndian).Number(0, 2, bigEndian).Number(-1, 8, bigEndian));

    public PcapNgFile Interface(int linkType = 1, int snapBytes = 0, int? resolution = null, long? offsetSeconds = null) =>
        Block(1, body =>
        {
            Number(body, linkType, 2).Number(0, 2, bigEndian).Number(snapBytes, 4, bigEndian);
            if (resolution is { } r)
                Number(body, 9, 2).Number(1, 2, bigEndian).U8(r).Raw(0, 0, 0);
            if (offsetSeconds is { } o)
                Number(body, 14, 2).Number(8, 2, bigEndian).Number(o, 8, bigEndian);
            return Number(body, 0, 4);
        });

    public PcapNgFile Packet(int interfaceId, long units, byte[] frame) =>
        Block(6, body => Number(body, interfaceId, 4).Number(units >> 32, 4, bigEndian).Number(units & 0xFFFFFFFF, 4, bigEndian)
            .Number(frame.Length, 4, bigEndian).Number(frame.Length, 4, bigEndian).Raw(frame));

    public PcapNgFile SimplePacket(byte[] frame) => Block(3, body => Number(body, frame.Length, 4).Raw(frame));

    public PcapNgFile Block(uint type, Func<ByteBuilder, ByteBuilder> write)
    {
        var body = write(new ByteBuilder()).ToArray();
        var padded = (body.Length + 3) & ~3;
        Number(bytes, type, 4).Number(padded + 12, 4, bigEndian).Raw(body).Raw(new byte[padded - body.Length]);
        Number(bytes, padded + 12, 4);
        return this;
    }

    public byte[] ToArray() => bytes.ToArray();

    private ByteBuilder Number(ByteBuilder to, long value, int size) => to.Number(value, size, bigEndian);
}
