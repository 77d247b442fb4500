// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>When entities wanted to be woken, as it was saved with their states.</summary>
public interface IWakeTimes
{
    /// <summary>Entities whose saved instant has passed, the longest overdue first.</summary>
    Task<IReadOnlyList<(string Kind, string Key)>> Due(DateTimeOffset now, int countMax);
}
