// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Scenarios.Hosts;

/// <summary>The system's clock, off by as much as a scenario wants. Timers run by the time that passes, whatever the clock says, as they do where a clock is set.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _offsetTicks;

    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref _offsetTicks));
        set => Interlocked.Exchange(ref _offsetTicks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
}
