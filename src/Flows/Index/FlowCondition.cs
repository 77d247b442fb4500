// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Index;

/// <summary>
/// A condition on flows, in text <c>FIELD OPERATOR VALUE</c>: <c>dst_port=443</c>, <c>addr=10.0.0.0/8</c>,
/// <c>bytes&gt;=1000</c>, <c>time&gt;=2024-07-01T12:00</c>, <c>name~example</c>. <see cref="Help"/> lists the fields.
/// </summary>
public sealed class FlowCondition
{
    /// <summary>The fields and their values, a line each, for help texts and error messages.</summary>
    public const string Help = """
        src, dst, addr             = != an address or prefix; addr is either side: addr=10.0.0.0/8, dst=2001:db8::1
        src_port, dst_port, port   = != < <= > >= a number; port is either side: port=443
        protocol                   = != < <= > >= a number, or tcp, udp, icmp, icmp6
        bytes, packets             = != < <= > >= a number, of both directions together
        duration                   = != < <= > >= seconds: duration>=0.5
        time, end                  = != < <= > >= a UTC time: time>=2024-07-01, end<2024-07-01T12:30:00.25
        name                       = != a whole name, ~ a part of one (DNS name, HTTP host, TLS or QUIC server name)
        """;

    // The longer ones first, so that <= is not read as <.
    private static readonly string[] s_operators = ["!=", "<=", ">=", "=", "<", ">", "~"];

    private FlowCondition(string text) => Text = text;

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <summary>The columns of which one must hold a value in the range; empty for a condition on names.</summary>
    internal ConditionColumn[] Columns { get; private init; } = [];

    /// <summary>Inclusive. Above <see cref="High"/> when no value can match.</summary>
    internal UInt128 Low { get; private init; }

    internal UInt128 High { get; private init; }

    /// <summary>The condition holds where none of the columns is in the range, or where no name matches.</summary>
    internal bool Negated { get; private init; }

    /// <summary>For conditions on names: in lower case.</summary>
    internal string? Name { get; private init; }

    /// <summary>Whether a part of a name is enough.</summary>
    internal bool NamePart { get; private init; }

    /// <exception cref="FormatException">The text is no condition; the message says why and lists the fields.</exception>
    public static FlowCondition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.AsSpan().IndexOfAny("=!<>~");
        var sign = at <= 0 ? null : Array.Find(s_operators, sign => text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal));
        if (sign is null)
            throw Wrong(text, "it is not a field, an operator and a value");
        return Make(text, text[..at].Trim().ToLowerInvariant(), sign, text[(at + sign.Length)..].Trim());
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static FlowCondition Make(string text, string field, string sign, string value)
    {
        if (field == "name")
            return OfName(text, sign, value);
        if (!ConditionFields.TryGet(field, out var columns, out var parse))
            throw Wrong(text, $"there is no field '{field}'");
        if (sign == "~")
            throw Wrong(text, "~ is for names only");
        if (!parse(value, out var low, out var high))
            throw Wrong(text, $"'{value}' is no value of {field}");
        if (low != high && sign is not ("=" or "!="))
            throw Wrong(text, "a prefix can be compared with = and != only");
        var (from, to) = Range(sign, low, high);
        return new FlowCondition(text) { Columns = columns, Low = from, High = to, Negated = sign == "!=" };
    }

    // An empty range has its low end above its high end.
    private static (UInt128 Low, UInt128 High) Range(string sign, UInt128 low, UInt128 high) => sign switch
    {
        "<" => low == 0 ? (UInt128.One, UInt128.Zero) : (UInt128.Zero, low - 1),
        "<=" => (UInt128.Zero, high),
        ">" => high == UInt128.MaxValue ? (UInt128.One, UInt128.Zero) : (high + 1, UInt128.MaxValue),
        ">=" => (low, UInt128.MaxValue),
        _ => (low, high),
    };

    private static FlowCondition OfName(string text, string sign, string value)
    {
        if (sign is not ("=" or "!=" or "~"))
            throw Wrong(text, "names can be compared with =, != and ~ only");
        if (value.Length == 0)
            throw Wrong(text, "the name is missing");
        return new FlowCondition(text) { Name = value.ToLowerInvariant(), NamePart = sign == "~", Negated = sign == "!=" };
    }

    private static FormatException Wrong(string text, string why) => new($"'{text}' is no condition: {why}. The fields are\n{Help}");
}
