// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Accounts;

/// <summary>Names of local accounts and of groups. No colon: that is in the names of what TCI does itself (<c>system:</c>) and of accounts of elsewhere (<c>oidc:</c>).</summary>
internal static class AccountNames
{
    public const int LengthMax = 64;

    public static bool IsValid(string name) => name.Length is > 0 and <= LengthMax && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@');

    public static Problem Bad(string what) => new(ProblemCodes.NameInvalid, $"The name of {what} has 1 to {LengthMax} letters, digits and - _ . @ and does not begin with a dot.", Field: "name");
}
