// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Simulation.Faults;

/// <summary>What becomes of one request to the store.</summary>
/// <param name="Reached">Whether the store ever hears of it.</param>
/// <param name="Refused">Heard, and not done.</param>
/// <param name="AnswerLost">Done, and the caller is told that it failed.</param>
internal sealed record StoreFate(bool Reached, bool Refused, bool AnswerLost, TimeSpan Delay, TimeSpan AnswerDelay);
