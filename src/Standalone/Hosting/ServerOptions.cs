// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Standalone.Hosting;

/// <summary>What the administrator says when starting the server.</summary>
/// <param name="Oidc">Who else signs people in; null where only TCI itself does.</param>
/// <param name="Origins">Sites whose pages may read the API.</param>
internal sealed record ServerOptions(string DataFolder, IPEndPoint Listen, ProbeId Probe, OidcOptions? Oidc = null, string[]? Origins = null)
{
    public string Database => Path.Combine(DataFolder, "tci.db");

    public string TokenFile => Path.Combine(DataFolder, "admin-token");
}
