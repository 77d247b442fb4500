// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>TCI's own bearer tokens. Each change is one transaction with its audit row.</summary>
public interface ITokens
{
    /// <summary>The token a text is, null where none is known or it has expired. Never from a cache: what was revoked is null at once.</summary>
    /// <param name="token">As the caller sent it; any text.</param>
    Task<TokenView?> Find(string token);

    /// <summary>Makes a token and tells its text, once.</summary>
    Task<NewToken> Make(TokenView token, AuditEntry audit);

    /// <summary>Newest first, at most 1000.</summary>
    /// <param name="account">Null is everyone.</param>
    Task<IReadOnlyList<TokenView>> Tokens(string? account);

    /// <summary>False where there is none.</summary>
    Task<bool> Revoke(string id, AuditEntry audit);
}

/// <param name="Text">What is sent as the bearer token; it is not stored.</param>
public sealed record NewToken(TokenView Token, string Text);
