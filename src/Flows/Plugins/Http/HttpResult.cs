// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Http;

/// <summary>How far the parser came with a packet.</summary>
internal enum HttpResult
{
    /// <summary>Not HTTP after all.</summary>
    Incomplete,
    Complete,

    /// <summary>The header block goes on behind these bytes.</summary>
    CutOff,

    /// <summary>The flow has a request (or response) already: this one begins another flow.</summary>
    Second,
}
