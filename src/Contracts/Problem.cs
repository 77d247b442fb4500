// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Why something could not be done, in a form a program (Code) and a person (Message) can use.</summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>; stable.</param>
/// <param name="Message">A sentence that says what is wrong and, where it can, what to do.</param>
/// <param name="Position">Offset of the offending character, from 0, where the input is a text.</param>
/// <param name="Field">Which member of the request is meant, as a JSON path such as <c>limits.duration</c>.</param>
public sealed record Problem(string Code, string Message, int? Position = null, string? Field = null);
