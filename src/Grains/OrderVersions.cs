// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains;

/// <summary>Orders that count for one version only, compared where nothing can come in between.</summary>
internal static class OrderVersions
{
    /// <summary>Null where the order names no version, or the present one.</summary>
    public static Problem? Refusal(string entity, int version, int? ifVersion) => ifVersion is null || ifVersion == version
        ? null
        : new Problem(ProblemCodes.Conflict, $"{entity} has the version {version} by now, and the order names {ifVersion}. Nothing was done; read it again.", Field: OrderFields.IfVersion);
}
