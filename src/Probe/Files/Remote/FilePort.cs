// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Tci.Probe.Files.Remote;

/// <summary>Where and to whom a probe serves its files.</summary>
/// <param name="Listen">An address that the other hosts reach, and a port; 0 takes a free one.</param>
/// <param name="Secret">What they show; the same in the whole cluster.</param>
public sealed record FilePort(IPEndPoint Listen, string Secret)
{
    internal const string Scheme = "Bearer ";

    /// <summary>Takes the same time for every wrong one.</summary>
    internal bool Knows(string authorization) =>
        authorization.StartsWith(Scheme, StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(Hash(authorization[Scheme.Length..]), Hash(Secret));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
