// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Plugins.Dns;

/// <summary>
/// Reads one DNS message (RFC 1035, section 4). A message that ends inside a record counts as parsed up to there; one
/// whose names cannot be read, or that is shorter than a header, is no message.
/// </summary>
internal static class DnsParser
{
    private const int HeaderBytes = 12;
    private const int RecordBytes = 10;

    private enum Step
    {
        Read,
        CutOff,
        Broken,
    }

    public static bool TryParse(ReadOnlySpan<byte> message, ExportMode mode, DnsFields fields)
    {
        if (message.Length < HeaderBytes)
            return false;
        fields.Id = U16(message, 0);
        fields.ResponseCode = (byte)(U16(message, 2) & 0xF);
        fields.Answers = U16(message, 6);
        var offset = HeaderBytes;
        var step = ReadQuestions(message, ref offset, U16(message, 4), fields);
        fields.Rdata.Clear();
        for (var i = 0; step == Step.Read && i < fields.Answers; i++)
            step = ReadAnswer(message, ref offset, i == 0, mode, fields);
        for (var i = U16(message, 8); step == Step.Read && i > 0; i--)
            step = ReadRecord(message, ref offset, out _);
        for (var i = U16(message, 10); step == Step.Read && i > 0; i--)
            step = ReadAdditional(message, ref offset, fields);
        return step != Step.Broken;
    }

    private static Step ReadQuestions(ReadOnlySpan<byte> message, ref int offset, int count, DnsFields fields)
    {
        for (var i = 0; i < count; i++)
        {
            fields.Rdata.Clear(); // takes the names of further questions, which must be readable but are not told
            if (!DnsName.TryAppend(message, offset, i == 0 ? fields.Name : fields.Rdata))
                return Step.Broken;
            var nameBytes = DnsName.EncodedBytes(message, offset);
            if (nameBytes < 0)
                return Step.Broken;
            offset += nameBytes;
            var cutOff = offset + 4 > message.Length;
            if (i == 0 && cutOff)
                fields.Name.Clear();
            if (cutOff)
                return Step.CutOff;
            if (i == 0)
            {
                fields.QuestionType = U16(message, offset);
                fields.QuestionClass = U16(message, offset + 2);
                fields.Name.CutAtNul();
            }
            offset += 4;
        }
        return Step.Read;
    }

    private static Step ReadAnswer(ReadOnlySpan<byte> message, ref int offset, bool first, ExportMode mode, DnsFields fields)
    {
        var owner = offset;
        var step = ReadRecord(message, ref offset, out var record);
        if (step != Step.Read || !first)
            return step;
        fields.TimeToLive = U32(message, record + 4);
        var data = new DnsRdata(message, owner, record + RecordBytes, U16(message, record + 8), mode);
        return data.TryWrite(U16(message, record), fields.Rdata) ? Step.Read : Step.Broken;
    }

    private static Step ReadAdditional(ReadOnlySpan<byte> message, ref int offset, DnsFields fields)
    {
        var step = ReadRecord(message, ref offset, out var record);
        if (step != Step.Read || U16(message, record) != DnsType.Opt)
            return step;
        // RFC 6891, section 6.1.3: the class is the payload size, the flags are in the time to live.
        fields.PayloadBytes = U16(message, record + 2);
        fields.DnssecOk = (U32(message, record + 4) & 0x8000) != 0;
        return Step.Read;
    }

    /// <summary>Passes over a record; <paramref name="fixedPart"/> is where its type stands.</summary>
    private static Step ReadRecord(ReadOnlySpan<byte> message, ref int offset, out int fixedPart)
    {
        fixedPart = 0;
        var nameBytes = DnsName.EncodedBytes(message, offset);
        if (nameBytes < 0)
            return Step.Broken;
        fixedPart = offset + nameBytes;
        if (fixedPart + RecordBytes > message.Length)
            return Step.CutOff;
        var end = fixedPart + RecordBytes + U16(message, fixedPart + 8);
        if (end > message.Length)
            return Step.CutOff;
        offset = end;
        return Step.Read;
    }

    private static ushort U16(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message[at..]);

    private static uint U32(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt32BigEndian(message[at..]);
}
