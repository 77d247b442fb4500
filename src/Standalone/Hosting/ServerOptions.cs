// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using Tci.Contracts;

namespace Tci.Standalone.Hosting;

/// <summary>What the administrator says when starting the server.</summary>
internal sealed record ServerOptions(string DataFolder, IPEndPoint Listen, ProbeId Probe, IReadOnlyList<string> CorsOrigins)
{
    public string Database => Path.Combine(DataFolder, "tci.db");

    public string TokenFile => Path.Combine(DataFolder, "admin-token");
}
