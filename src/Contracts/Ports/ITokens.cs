// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Whose bearer token a request carries.</summary>
public interface ITokens
{
    /// <summary>The account a token signs in, null where no such token is known.</summary>
    /// <param name="token">As the caller sent it; any text.</param>
    Task<string?> Account(string token);
}
