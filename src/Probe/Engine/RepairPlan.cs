// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Engine;

/// <summary>
/// When to have a broken capture's directory completed. The launcher does it by itself when it sees its child die, so the probe first gives it time.
/// </summary>
internal sealed class RepairPlan
{
    public const int AttemptsMax = 5;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(3);

    private DateTimeOffset? _next;

    public int Attempts { get; private set; }

    public bool Exhausted => Attempts >= AttemptsMax;

    /// <summary>Asked at every look at a broken capture; true when an attempt is to be made now, which counts.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        _next ??= now + s_grace;
        if (now < _next || Exhausted) return false;
        Attempts++;
        _next = now + s_between;
        return true;
    }
}
