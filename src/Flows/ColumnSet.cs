// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows;

/// <summary>Whose columns are written.</summary>
public enum ColumnSet
{
    /// <summary>Those of ipfixprobe 4.12 to 4.16.</summary>
    Version4,

    /// <summary>Those of ipfixprobe 5: TLS_JA4 more.</summary>
    Version5,
}
