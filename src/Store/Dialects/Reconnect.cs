// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;

namespace Tci.Store.Dialects;

/// <summary>Tries what may be done twice again on a new connection where the old one turns out to be lost.</summary>
internal static class Reconnect
{
    private const int AttemptsMax = 3;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    public static async Task<T> Try<T>(Dialect dialect, Func<Task<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (DbException e) when (dialect.IsLost(e) && attempt < AttemptsMax)
            {
                await Task.Delay(s_pause * (attempt - 1));
            }
        }
    }
}
