// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Tls;

/// <summary>Types and lengths of the first extensions of a ClientHello, in order.</summary>
internal sealed class ExtensionList
{
    public const int MaxExtensions = 30;

    private readonly ushort[] types = new ushort[MaxExtensions];
    private readonly ushort[] lengths = new ushort[MaxExtensions];
    private int count;

    public ReadOnlySpan<ushort> Types => types.AsSpan(0, count);

    /// <summary>In bytes, without the four bytes of type and length.</summary>
    public ReadOnlySpan<ushort> Lengths => lengths.AsSpan(0, count);

    public void Add(ushort type, ushort length)
    {
        if (count == MaxExtensions)
            return;
        types[count] = type;
        lengths[count++] = length;
    }

    public void CopyFrom(ExtensionList other)
    {
        other.Types.CopyTo(types);
        other.Lengths.CopyTo(lengths);
        count = other.count;
    }

    public void Clear() => count = 0;
}
