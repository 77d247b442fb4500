// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains;

/// <summary>Calls to other entities, made so that a host's failure to deliver one is an answer like any other.</summary>
internal static class Calls
{
    /// <summary>Whatever is thrown (probe away, time-out, overload) becomes <see cref="ProblemCodes.Unreachable"/>: exceptions have no common type over the hosts.</summary>
    public static async Task<Answer<T>> Try<T>(Func<Task<Answer<T>>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e)
        {
            return new Problem(ProblemCodes.Unreachable, e.Message);
        }
    }

    /// <summary>A poke upward: sent and forgotten. One that is lost is made good by the upper one's own waking.</summary>
    public static void Send(Func<Task> poke)
    {
        try
        {
            _ = poke();
        }
        catch (Exception)
        {
            // The host may refuse before it has made a task; that is a lost poke too.
        }
    }
}
