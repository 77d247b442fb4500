// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Where an account comes from.</summary>
public enum AccountKind
{
    /// <summary>Signs in here, with a password or tokens.</summary>
    Local,

    /// <summary>Signs in elsewhere (OIDC); its name begins with <c>oidc:</c>.</summary>
    Oidc,
}

/// <summary>A person or program that can sign in. Accounts are disabled, never deleted: their names stay on jobs and in the audit.</summary>
/// <param name="Name">1 to 64 letters, digits and - _ . @ of a local one.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="HasPassword">Whether it can sign in with one.</param>
/// <param name="Groups">It is in.</param>
public sealed record AccountView(string Name, AccountKind Kind, string DisplayName, bool Disabled, bool HasPassword, DateTimeOffset Created, IReadOnlyList<string> Groups);

/// <summary>What an account becomes; members that are null stay as they are.</summary>
/// <param name="PasswordHash">As the API hashes it.</param>
public sealed record AccountChange(string Name, string? DisplayName, string? PasswordHash, bool? Disabled);
