// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.RegularExpressions;
using Tci.Contracts;

namespace Tci.Api.Requests;

/// <summary>Says what is wrong with a request's JSON without naming the types it was to become. Positions are byte offsets.</summary>
internal static partial class JsonErrors
{
    public static Problem Explain(JsonException error, ReadOnlySpan<byte> body)
    {
        var path = error.Path is { Length: > 2 } p && p.StartsWith("$.", StringComparison.Ordinal) ? p[2..] : null;
        var message = error.Message;
        if (Missing().Match(message) is { Success: true } missing)
            return new Problem(ProblemCodes.InvalidRequest, $"Missing: {missing.Groups["names"].Value}.", Field: Join(path, FirstName().Match(missing.Groups["names"].Value).Groups[1].Value));
        if (Unknown().Match(message) is { Success: true } unknown)
            return new Problem(ProblemCodes.InvalidRequest, $"There is no member '{Short(unknown.Groups["name"].Value)}'.", Field: path);
        if (Null().Match(message) is { Success: true } isNull)
        {
            var member = JsonNamingPolicy.CamelCase.ConvertName(isNull.Groups["name"].Value);
            return new Problem(ProblemCodes.InvalidRequest, $"'{member}' must not be null.", Field: Join(Parent(path), member));
        }

        if (Twice().Match(message) is { Success: true } twice)
            return new Problem(ProblemCodes.InvalidRequest, $"The member '{Short(twice.Groups["name"].Value)}' is there twice.", Field: path ?? twice.Groups["name"].Value);
        if (message.StartsWith("The JSON value could not be converted to", StringComparison.Ordinal)) message = "The value is of the wrong type or form.";
        return new Problem(ProblemCodes.InvalidRequest, Short(Where().Replace(message, "")), Position(error, body), path);
    }

    private static string? Join(string? path, string name) => path is null ? name : path.EndsWith("." + name, StringComparison.Ordinal) || path == name ? path : $"{path}.{name}";

    // For a null the path already ends with the member that is null.
    private static string? Parent(string? path) => path?.LastIndexOf('.') is >= 0 and var dot ? path[..dot] : null;

    private static string Short(string text) => text.Length <= 300 ? text : text[..300] + "…";

    private static int? Position(JsonException error, ReadOnlySpan<byte> body)
    {
        if (error.LineNumber is not { } line || error.BytePositionInLine is not { } column) return null;
        var offset = 0;
        for (; line > 0; line--)
        {
            var end = body[offset..].IndexOf((byte)'\n');
            if (end < 0) return null;
            offset += end + 1;
        }

        return (int)Math.Min(offset + column, body.Length);
    }

    [GeneratedRegex("missing required properties including: (?<names>.*?)\\.?$", RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex FirstName();

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped", RegexOptions.Singleline)]
    private static partial Regex Unknown();

    [GeneratedRegex("^Duplicate property '(?<name>.*)' encountered", RegexOptions.Singleline)]
    private static partial Regex Twice();

    [GeneratedRegex("^The (?:property or field|constructor parameter) '(?<name>[^']*)' on type .* doesn't allow (?:setting )?null", RegexOptions.Singleline)]
    private static partial Regex Null();

    [GeneratedRegex(@"\s*(Path: \$.*|LineNumber: \d+ \| BytePositionInLine: \d+\.?)$", RegexOptions.Singleline)]
    private static partial Regex Where();
}
