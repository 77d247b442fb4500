// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Http;

/// <summary>What flow.csv tells of one HTTP exchange. Limits are those of the data set's columns.</summary>
internal sealed class HttpFields : IPooled
{
    /// <summary>A message was whole, or full mode: begun. Before that the flow has no HTTP columns.</summary>
    public bool IsTold { get; set; }

    public bool HasRequest { get; set; }

    public bool HasResponse { get; set; }

    public TextField Method { get; } = new(15);

    public TextField Host { get; } = new(63);

    public TextField Url { get; } = new(127);

    public TextField Agent { get; } = new(127);

    public TextField Referer { get; } = new(127);

    public ushort StatusCode { get; set; }

    public TextField ContentType { get; } = new(31);

    public TextField Server { get; } = new(127);

    /// <summary>Names of the cookies the response sets, joined by semicolons.</summary>
    public TextField CookieNames { get; } = new(511);

    /// <inheritdoc/>
    public void Clear()
    {
        HasRequest = HasResponse = IsTold = false;
        StatusCode = 0;
        Method.Clear();
        Url.Clear();
        ClearRequestHeaders();
        ClearResponseHeaders();
    }

    public void ClearRequestHeaders()
    {
        Host.Clear();
        Agent.Clear();
        Referer.Clear();
    }

    public void ClearResponseHeaders()
    {
        ContentType.Clear();
        Server.Clear();
        CookieNames.Clear();
    }
}
