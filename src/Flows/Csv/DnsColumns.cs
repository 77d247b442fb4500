// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Dns;

namespace Tci.Flows.Csv;

/// <summary>The columns of <see cref="DnsPlugin"/>.</summary>
internal static class DnsColumns
{
    public static void Write(Field field, RowBuffer row, DnsFields dns)
    {
        if (field == Field.DnsName)
            row.Text(dns.Name.Value);
        else if (field == Field.DnsRdata)
            row.Hex(dns.Rdata.Value);
        else
            row.Number(Number(field, dns));
    }

    private static ulong Number(Field field, DnsFields dns) => field switch
    {
        Field.DnsId => dns.Id,
        Field.DnsAnswers => dns.Answers,
        Field.DnsRcode => dns.ResponseCode,
        Field.DnsQtype => dns.QuestionType,
        Field.DnsClass => dns.QuestionClass,
        Field.DnsRrTtl => dns.TimeToLive,
        Field.DnsRlength => (ulong)dns.Rdata.Value.Length,
        Field.DnsPsize => dns.PayloadBytes,
        Field.DnsDo => dns.DnssecOk ? 1UL : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
