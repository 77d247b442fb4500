// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Csv;

/// <summary>Columns that are filled together: those of a plugin, or the ones every flow has.</summary>
internal enum FieldGroup
{
    Basic,
    BasicPlus,
    PacketStats,
    Dns,
    Http,
    Tls,
    Quic,

    /// <summary>What TLS and QUIC share.</summary>
    ClientHello,
}
