// SPDX-License-Identifier: BSD-3-Clause
using System.Net;

namespace Tci.Api.Hosting;

/// <summary>Where a server is to listen, as people write it on a command line.</summary>
public static class ListenAddress
{
    /// <summary>Reads <c>ADDRESS:PORT</c>, <c>[ADDRESS]:PORT</c> or <c>localhost:PORT</c>; the problem is a sentence for the command line.</summary>
    public static bool TryParse(string text, out IPEndPoint endpoint, out string problem)
    {
        problem = $"--listen takes ADDRESS:PORT, for example 127.0.0.1:8080 or [::1]:8080, not '{text}'.";
        var plain = text.Replace("localhost:", "127.0.0.1:", StringComparison.Ordinal);
        var ok = plain.Contains(':', StringComparison.Ordinal) & IPEndPoint.TryParse(plain, out var parsed);
        endpoint = parsed ?? new IPEndPoint(IPAddress.Loopback, 0);
        return ok;
    }
}
