// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Tls;

/// <summary>Numbers of one hello, as many as a two-byte length can announce. Kept and used again.</summary>
internal sealed class NumberList
{
    private const int MaxValues = 32_768;

    private readonly ushort[] values = new ushort[MaxValues];
    private int count;

    public Span<ushort> Values => values.AsSpan(0, count);

    public void Clear() => count = 0;

    public void Add(ushort value) => values[count++] = value;
}
