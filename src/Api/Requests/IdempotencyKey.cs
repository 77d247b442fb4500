// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Contracts;

namespace Tci.Api.Requests;

/// <summary>The caller's name for one creation, so that a request repeated after a lost answer makes nothing twice.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int LengthMax = 200;

    /// <summary>The key, null where none was sent; or the problem with it.</summary>
    public static (string? Key, Problem? Problem) Read(HttpRequest request, int lengthMax = LengthMax)
    {
        var values = request.Headers[Header];
        if (values.Count == 0) return (null, null);
        var key = values.Count == 1 ? values[0] ?? "" : "";
        if (key.Length > 0 && key.Length <= lengthMax && key.All(c => c is >= '!' and <= '~')) return (key, null);
        return (null, new Problem(ProblemCodes.InvalidRequest, $"{Header} is one value of 1 to {lengthMax} visible ASCII characters without spaces.", Field: Header));
    }
}
