// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Whether an account may have a job made now: by the same rules as one that asks through the API, without a token that narrows them.</summary>
public interface ICreationRights
{
    /// <summary>
    /// The first thing that stands in the way (<see cref="ProblemCodes.Forbidden"/>): the account is disabled, or lacks on one of the points a right that the
    /// job needs. What of a quota is left is looked at where the job is created (<see cref="IJobCatalog.Admit"/>).
    /// </summary>
    Task<Answer<Nothing>> Check(string account, JobSpec spec);
}
