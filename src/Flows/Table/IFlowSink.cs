// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Table;

/// <summary>Takes flows as they end. What the record's handles point to is valid during the call only.</summary>
internal interface IFlowSink
{
    void Write(in FlowRecord flow);
}
