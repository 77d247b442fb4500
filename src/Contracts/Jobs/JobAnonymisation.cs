// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What is changed in packets before they are stored: what was there before is never on a disk.</summary>
public sealed record JobAnonymisation
{
    /// <summary>
    /// Name of the key with which IPv4, IPv6 and ARP addresses become others, prefix-preserving (Crypto-PAn): a file that administrators put into the folder of
    /// keys of each probe. 1 to 64 letters, digits and <c>- _ .</c>, not starting with a dot. Null keeps addresses.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Stores packets up to the end of the transport header.</summary>
    public bool RemovePayload { get; init; }
}
