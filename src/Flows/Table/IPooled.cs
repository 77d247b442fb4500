// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Table;

/// <summary>An object that can be used again.</summary>
internal interface IPooled
{
    /// <summary>Back to the state after construction.</summary>
    void Clear();
}
