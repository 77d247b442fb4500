// SPDX-License-Identifier: BSD-3-Clause
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Hosts;

/// <summary>The clock of one host: virtual time, off by what the simulation wants. Timers run by virtual time, whatever the clock says.</summary>
internal sealed class HostClock(Kernel kernel) : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        kernel.EnsureOwnThread("a clock");
        return Kernel.Epoch + kernel.Elapsed + Offset;
    }

    public override long GetTimestamp() => kernel.Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("Grains have no timers; they wake by IEntity.WakeAt.");
}
