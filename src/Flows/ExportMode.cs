// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows;

/// <summary>How close to ipfixprobe the exporter stays.</summary>
public enum ExportMode
{
    /// <summary>What ipfixprobe 4.16 writes, its known faults aside (docs/formats/flow-csv.md lists them).</summary>
    Compatible,

    /// <summary>The same columns with the values right where ipfixprobe's are not.</summary>
    Full,
}
