// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Table;

/// <summary>What <see cref="Lookahead"/> saw of a frame without parsing it. The default: nothing.</summary>
/// <param name="IsKeyed">Its key could be read.</param>
/// <param name="Hashes">Of its key where it falls to this share.</param>
internal readonly record struct Glimpse(bool IsKeyed, KeyHashes Hashes)
{
    /// <summary>It falls to another share.</summary>
    public bool IsOthers => IsKeyed && Hashes.IsUnknown;
}
