// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Engine;

/// <summary>
/// When to have a broken capture's directory completed, one attempt at a time. The launcher does it by itself when it sees its child die, so the probe first
/// gives it time.
/// </summary>
internal sealed class RepairPlan
{
    public const int AttemptsMax = 5;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private DateTimeOffset? _next;
    private bool _underWay;
    private int _attempts;

    public bool Exhausted
    {
        get
        {
            lock (_gate) return _attempts >= AttemptsMax;
        }
    }

    /// <summary>Asked at every look at a broken capture; true when an attempt is to be made now, which counts. <see cref="Over"/> must follow.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        lock (_gate)
        {
            _next ??= now + s_grace;
            if (_underWay || now < _next || _attempts >= AttemptsMax) return false;
            _attempts++;
            return _underWay = true;
        }
    }

    public void Over(DateTimeOffset now)
    {
        lock (_gate)
        {
            _underWay = false;
            _next = now + s_between;
        }
    }
}
