// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Tci.Simulation.Scenarios;

/// <summary>Stands for an entity or a port of a simulation that nobody runs: each call runs it until the answer is there, and answers with a finished task.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
internal class DrivenProxy : DispatchProxy
{
    /// <summary>Longer than any call takes to answer or to be given up.</summary>
    private static readonly TimeSpan s_answerMax = TimeSpan.FromMinutes(1);

    private Simulation _simulation = null!;
    private object _inner = null!;

    public static T Of<T>(Simulation simulation, T inner) where T : class
    {
        var proxy = Create<T, DrivenProxy>();
        ((DrivenProxy)(object)proxy)._simulation = simulation;
        ((DrivenProxy)(object)proxy)._inner = inner;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _simulation.Kernel.TakeOver();
        var task = (Task)targetMethod!.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null)!;
        if (!_simulation.Advance(() => task.IsCompleted, s_answerMax)) throw new TimeoutException($"{targetMethod.Name} was never answered.");
        return task;
    }
}
