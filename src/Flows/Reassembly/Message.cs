// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Reassembly;

/// <summary>What the plugins behind <see cref="Reassembling{TInner}"/> get to see of a packet.</summary>
internal enum Message
{
    /// <summary>Nothing: no payload, sent again, or held until what precedes it is there.</summary>
    None,

    /// <summary>The packet's payload, of which some first bytes may have been seen already.</summary>
    Payload,

    /// <summary>The beginning of the stream, as far as it is there.</summary>
    Stream,
}
