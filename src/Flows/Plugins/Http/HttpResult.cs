// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Http;

/// <summary>How far the parser came with a packet.</summary>
internal enum HttpResult
{
    /// <summary>Not HTTP after all, or the header block goes on in another packet.</summary>
    Incomplete,
    Complete,

    /// <summary>The flow has a request (or response) already: this one begins another flow.</summary>
    Second,
}
