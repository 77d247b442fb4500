// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Simulation.Hosts;

/// <summary>One call that waits for its entity. Run and Fail settle the caller; neither throws.</summary>
internal sealed record Turn(string What, Func<object, Task> Run, Action<Exception> Fail);

/// <summary>A call that did not reach its entity.</summary>
internal sealed class UnreachableException(string message) : Exception(message);
