// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using System.Text.RegularExpressions;
using Tci.Flows.Captures;

namespace Tci.Flows.DataSets;

/// <summary>A capture to be laid out: where its packets are and what is known of it.</summary>
/// <param name="Name">Names it in messages.</param>
/// <param name="Traffic">Files or directories of captures.</param>
/// <param name="Info">Complete: with the labels.</param>
internal sealed partial record CaptureDescription(string Name, IReadOnlyList<string> Traffic, CaptureInfo Info)
{
    /// <summary><c>family__type__version</c>.</summary>
    /// <exception cref="InvalidDataException">One of them is missing.</exception>
    public string System => $"{Part("os_family")}__{Part("os_type")}__{Part("os_version")}";

    /// <summary><c>date__source__identifier</c>; the date of the first packet where no start time is known.</summary>
    /// <exception cref="InvalidDataException">Something is missing.</exception>
    public string Folder => $"{Date()}__{Part("source")}__{Identifier()}";

    private string Part(string key)
    {
        var text = Info[key];
        if (string.IsNullOrWhiteSpace(text))
            throw Missing($"{key} is missing");
        var safe = Clean(text);
        // A name that hides or leads elsewhere.
        return safe.StartsWith('.') ? throw Missing($"{key} '{text}' cannot be part of a folder's name") : safe;
    }

    private string Identifier()
    {
        if (!string.IsNullOrWhiteSpace(Info["vagrant_box"]))
            return Part("vagrant_box");
        var hash = HashText().Match(Info["hash"] ?? "");
        return hash.Success
            ? hash.Groups[1].Value.ToLowerInvariant()
            : throw Missing("neither vagrant_box nor hash (algorithm:hex digits, at least six) tells the machine's image");
    }

    private string Date()
    {
        if (Info["start_time"] is { Length: > 0 } start)
        {
            return start.Length >= 10 && DateOnly.TryParseExact(start[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? start[..10]
                : throw Missing($"start_time '{start}' is not like 2024-07-01T12:00:00+0000");
        }
        using var capture = MergedCapture.Open(CaptureInputs.Resolve(Traffic));
        return capture.Read()
            ? DateTime.UnixEpoch.AddMicroseconds(capture.Current.TimeMicroseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : throw Missing("start_time is missing, and there is no packet to tell the date");
    }

    private InvalidDataException Missing(string what) => new($"{Name}: {what}. Say it in info.json or with --label KEY=VALUE.");

    private static string Clean(string text) => Unsafe().Replace(text.Trim(), "_");

    [GeneratedRegex(@"[/\\\x00-\x1f\x7f]")]
    private static partial Regex Unsafe();

    [GeneratedRegex(@"\A[A-Za-z0-9-]+:([0-9A-Fa-f]{6})[0-9A-Fa-f]*\z")]
    private static partial Regex HashText();
}
