// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Api;

/// <summary>Asks entities, and waits so long and no longer. Who does not answer, for whatever reason a host throws, is <see cref="ProblemCodes.Unreachable"/>.</summary>
internal sealed class GrainCalls(IGrains grains, ApiOptions options, TimeProvider clock, ILogger<GrainCalls> log)
{
    /// <param name="entity">Who is asked, for people.</param>
    /// <param name="call">The call; made at once.</param>
    /// <param name="deadline">Null takes <see cref="ApiOptions.GrainDeadline"/>.</param>
    public async Task<Answer<T>> Ask<T>(string entity, Func<IGrains, Task<Answer<T>>> call, TimeSpan? deadline = null)
    {
        var wait = deadline ?? options.GrainDeadline;
        try
        {
            var answer = await call(grains).WaitAsync(wait, clock);
            return answer.Ok || answer.Problem is not null ? answer : new Problem(ProblemCodes.Internal, $"{entity} answered nothing.");
        }
        catch (Exception e)
        {
            Log.NoAnswer(log, e, entity);
            return new Problem(ProblemCodes.Unreachable, $"{entity} did not answer within {wait.TotalSeconds:0.#} s. Try again in a moment; what was asked may have been done.");
        }
    }
}
