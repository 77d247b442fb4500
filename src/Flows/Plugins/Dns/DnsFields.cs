// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Dns;

/// <summary>What flow.csv tells of one DNS message.</summary>
internal sealed class DnsFields : IPooled
{
    public const int MaxNameBytes = 127;
    public const int MaxRdataBytes = 159;

    public ushort Id { get; set; }

    public ushort Answers { get; set; }

    public byte ResponseCode { get; set; }

    public TextField Name { get; } = new(MaxNameBytes);

    public ushort QuestionType { get; set; }

    public ushort QuestionClass { get; set; }

    /// <summary>Time to live of the first answer, in seconds.</summary>
    public uint TimeToLive { get; set; }

    /// <summary>The first answer's data as text.</summary>
    public TextField Rdata { get; } = new(MaxRdataBytes);

    /// <summary>UDP payload size of the OPT record, in bytes.</summary>
    public ushort PayloadBytes { get; set; }

    public bool DnssecOk { get; set; }

    /// <inheritdoc/>
    public void Clear()
    {
        Id = Answers = QuestionType = QuestionClass = PayloadBytes = 0;
        ResponseCode = 0;
        TimeToLive = 0;
        DnssecOk = false;
        Name.Clear();
        Rdata.Clear();
    }
}
