// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What a token is for.</summary>
public enum TokenKind
{
    /// <summary>The first administrator's, in a file of the server.</summary>
    Admin,

    /// <summary>Made by a person for a program.</summary>
    Api,

    /// <summary>Made by a sign-in with a password.</summary>
    Session,
}

/// <summary>Narrows a token to part of what its account may. It never widens.</summary>
/// <param name="Capabilities">Only these; null leaves all.</param>
/// <param name="Points">Only on these, and nothing that needs a right on everything; null leaves all.</param>
public sealed record TokenScope(IReadOnlyList<Capability>? Capabilities = null, IReadOnlyList<PointId>? Points = null);

/// <summary>A token as it is shown: without its text, which nobody knows but who made it.</summary>
/// <param name="Id"><c>token-…</c>.</param>
/// <param name="Used">Last, to the minute; null is never.</param>
public sealed record TokenView(
    string Id, string Account, string Name, TokenKind Kind, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Used, TokenScope? Scope);
