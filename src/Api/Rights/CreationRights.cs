// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>What a request to create meets, for those who asked earlier: the owners of schedules. Reads the grants anew each time.</summary>
internal sealed class CreationRights(IGrants grants) : ICreationRights
{
    public async Task<Answer<Nothing>> Check(string account, JobSpec spec)
    {
        var held = await grants.Of(account);
        if (held.IsDisabled) return new Problem(ProblemCodes.Forbidden, $"The account {account} is disabled.");
        var rights = new CallerRights(account, held, null);

        // They knew the points when they asked, so nothing is given away by saying what they lost.
        if (spec.Points.Where(p => !rights.Knows(p)).Select(p => (PointId?)p).FirstOrDefault() is { } lost)
            return new Problem(ProblemCodes.Forbidden, $"The account {account} holds no right on {lost}.", Field: "points");
        return CreationRules.Check(rights, spec) is { } problem ? problem : Nothing.Value;
    }
}
