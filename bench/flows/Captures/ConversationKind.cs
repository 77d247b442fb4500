// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Bench.Flows.Captures;

internal enum ConversationKind
{
    Dns,
    Udp,
    Quic,
    Http,
    Tls,

    /// <summary>A ClientHello of two segments.</summary>
    LargeTls,
}
