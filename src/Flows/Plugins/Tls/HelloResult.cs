// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Tls;

/// <summary>What stands at the beginning of some bytes.</summary>
internal enum HelloResult
{
    /// <summary>No hello.</summary>
    None,
    Read,

    /// <summary>A hello that goes on behind these bytes.</summary>
    CutOff,
}
