// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using System.Text;
using Tci.Flows.Reading;

namespace Tci.Flows.Index;

/// <summary>What a condition looks at.</summary>
internal enum ConditionColumn
{
    First,
    Last,
    Duration,
    Bytes,
    Packets,
    Source,
    Destination,
    SourcePort,
    DestinationPort,
    Protocol,
}

/// <summary>Reads a value as the range of numbers it stands for; false when it is none.</summary>
internal delegate bool ValueParser(string text, out UInt128 low, out UInt128 high);

/// <summary>The fields of conditions: their columns and how their values are written.</summary>
internal static class ConditionFields
{
    private const decimal MicrosecondsPerSecond = 1_000_000;

    private static readonly Dictionary<string, (ConditionColumn[] Columns, ValueParser Parse)> s_fields = new()
    {
        ["src"] = ([ConditionColumn.Source], Addresses),
        ["dst"] = ([ConditionColumn.Destination], Addresses),
        ["addr"] = ([ConditionColumn.Source, ConditionColumn.Destination], Addresses),
        ["src_port"] = ([ConditionColumn.SourcePort], Number),
        ["dst_port"] = ([ConditionColumn.DestinationPort], Number),
        ["port"] = ([ConditionColumn.SourcePort, ConditionColumn.DestinationPort], Number),
        ["protocol"] = ([ConditionColumn.Protocol], Protocol),
        ["bytes"] = ([ConditionColumn.Bytes], Number),
        ["packets"] = ([ConditionColumn.Packets], Number),
        ["duration"] = ([ConditionColumn.Duration], Seconds),
        ["time"] = ([ConditionColumn.First], Time),
        ["end"] = ([ConditionColumn.Last], Time),
    };

    public static bool TryGet(string field, out ConditionColumn[] columns, out ValueParser parse)
    {
        var found = s_fields.TryGetValue(field, out var entry);
        (columns, parse) = entry;
        return found;
    }

    private static bool Number(string text, out UInt128 low, out UInt128 high)
    {
        var good = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        low = high = value;
        return good;
    }

    private static bool Protocol(string text, out UInt128 low, out UInt128 high)
    {
        low = high = text.ToLowerInvariant() switch
        {
            "icmp" => 1,
            "tcp" => 6,
            "udp" => 17,
            "icmp6" => 58,
            _ => 0,
        };
        return low != 0 || Number(text, out low, out high);
    }

    private static bool Seconds(string text, out UInt128 low, out UInt128 high)
    {
        low = high = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds > long.MaxValue / MicrosecondsPerSecond)
            return false;
        low = high = (UInt128)(seconds * MicrosecondsPerSecond);
        return true;
    }

    private static bool Time(string text, out UInt128 low, out UInt128 high)
    {
        low = high = 0;
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF"];
        if (!DateTime.TryParseExact(text.TrimEnd('Z', 'z'), forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) || time.Year < 1970)
            return false;
        low = high = (UInt128)((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        return true;
    }

    private static bool Addresses(string text, out UInt128 low, out UInt128 high)
    {
        low = high = 0;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        if (!CellValue.TryAddress(Encoding.UTF8.GetBytes(address), out low))
            return false;
        var bits = address.Contains(':', StringComparison.Ordinal) ? 128 : 32;
        var length = bits;
        if (slash >= 0 && (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
            return false;
        var free = bits - length;
        var mask = free == 128 ? UInt128.MaxValue : (UInt128.One << free) - 1;
        low &= ~mask;
        high = low | mask;
        return true;
    }
}
