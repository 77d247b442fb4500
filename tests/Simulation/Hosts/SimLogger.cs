// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Hosts;

/// <summary>Puts what grains log into the trace.</summary>
internal sealed class SimLogger<T>(Trace trace, string who) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => trace.On;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        trace.Say(who, $"log {logLevel}: {formatter(state, exception)} {exception?.Message}");
}
