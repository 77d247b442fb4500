// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Standalone.Turns;

/// <summary>One call that waits for its entity. Run and Fail both settle the caller; neither throws.</summary>
internal sealed record Turn(Func<object, Task> Run, Action<Exception> Fail);

/// <summary>The call did not reach the entity: its queue is full, or the host is going down.</summary>
public sealed class CallRefusedException(string message) : Exception(message);
