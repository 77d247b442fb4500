// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>"Something changed, look": the only call that goes upward, and the call a timer and the sweep make. Nobody waits for it.</summary>
public sealed record Poke;

/// <summary>What every entity can be told: to look at its state and take the steps that are due. Safe to repeat.</summary>
public interface IPokable
{
    Task Poke(Poke request);
}
