// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Has a filter compiled on a probe, in a child process of the capture engine with limits and without name look-up.</summary>
public interface IFilterCheck
{
    /// <summary>
    /// Begins the check or says how it went; asked again while <see cref="FilterVerdict.Pending"/>. A filter that cannot be used is the problem
    /// <see cref="ProblemCodes.InvalidFilter"/> with its position, <see cref="ProblemCodes.FilterTooLong"/> or <see cref="ProblemCodes.FilterTooCostly"/>.
    /// </summary>
    Task<Answer<FilterVerdict>> Check(CheckFilter request);
}

public sealed record CheckFilter(string Filter);

/// <param name="Pending">The compiler has not answered yet.</param>
/// <param name="Instructions">Length of the compiled program, 0 while pending.</param>
public sealed record FilterVerdict(bool Pending, int Instructions);
