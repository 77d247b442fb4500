// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows;

/// <summary>What is wrong with an input; what came before it was exported.</summary>
/// <param name="Path">The input as it was given.</param>
/// <param name="Message">What is wrong and where, in words.</param>
public sealed record InputProblem(string Path, string Message);
