// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Text;
using System.Text;
using Tci.Contracts;

namespace Tci.Store.Jobs;

/// <summary>
/// The place in a list of jobs, newest first, after which the next page begins. It names the last job by what never changes, its creation and id, so
/// rows that are added or change state between two pages neither repeat nor hide others.
/// </summary>
internal sealed record JobCursor(long CreatedMicroseconds, string Id)
{
    private const int LengthMax = 200;

    /// <exception cref="FormatException">The text was not made by <see cref="ToString"/>.</exception>
    public static JobCursor Parse(string text)
    {
        if (text.Length > LengthMax || !Base64Url.IsValid(text)) throw Bad();
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 2);
        if (parts.Length != 2 || !long.TryParse(parts[0], out var created) || !JobId.TryParse(parts[1], out _)) throw Bad();
        return new JobCursor(created, parts[1]);
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{CreatedMicroseconds} {Id}"));

    private static FormatException Bad() => new("This cursor was not made by this list. Begin again without one.");
}
