// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Probes;

/// <summary>
/// The engine's process of one capture directory. It is no part of the probe program: it lives on while that is dead, keeps its own deadline by the machine's
/// clock, and ends for reasons of its own.
/// </summary>
internal sealed class EngineProcess(ProbeMachine machine, CaptureId id, ArmCapture request, EngineTraffic traffic, EngineFate fate)
{
    private readonly Kernel _kernel = machine.Kernel;
    private Work? _next;
    private Phase _phase = Phase.Requested;
    private DateTimeOffset? _startAt;
    private TimeSpan _begun;
    private TimeSpan _armed;
    private TimeSpan? _storing;
    private TimeSpan? _stopAt;
    private TimeSpan? _died;

    private enum Phase
    {
        /// <summary>The directory is there, and no process yet.</summary>
        Requested,
        Arming,
        Armed,
        Running,

        /// <summary>The process is dead, its directory not completed.</summary>
        Broken,
        Ended,
    }

    private const string Program = "tci-capture 1.0";

    /// <summary>From when on its packets come: a file is replayed from the start of the capture, a wire is heard from arming on.</summary>
    private TimeSpan? Receiving => traffic.FileTime is null ? _armed : _storing;

    public bool IsRequestedOnly => _phase == Phase.Requested;

    public bool HasEnded => _phase == Phase.Ended;

    public bool IsAlive => _phase is Phase.Arming or Phase.Armed or Phase.Running;

    /// <summary>Set once ended.</summary>
    public EngineView? Final { get; private set; }

    public PointId Point => request.Point;

    public DateTimeOffset Deadline => request.Deadline;

    public void Start()
    {
        _begun = _kernel.Elapsed;
        Enter(Phase.Arming);
    }

    public EngineView View() => Final ?? new EngineView(
        _phase switch
        {
            Phase.Requested or Phase.Arming => EngineState.Arming,
            Phase.Armed => EngineState.Armed,
            _ => EngineState.Running,
        },
        _phase is Phase.Requested or Phase.Arming ? null : Counters(_died ?? _kernel.Elapsed, ended: false),
        null,
        null,
        false,
        Program)
    {
        Overload = Overload(now: true),
    };

    /// <summary>False where no process hears it.</summary>
    public bool StartAt(DateTimeOffset instant)
    {
        if (!IsAlive) return false;
        _startAt ??= instant;
        Plan();
        return true;
    }

    public bool Stop()
    {
        if (_phase == Phase.Requested) End("stopped", null);
        if (!IsAlive) return _phase == Phase.Ended;
        _stopAt ??= _kernel.Elapsed + fate.StopTime;
        Plan();
        return true;
    }

    public void Kill()
    {
        if (IsAlive) Die();
    }

    public void NeverBegan() => End(ProblemCodes.DeadlinePassed, new Problem(ProblemCodes.DeadlinePassed, "The capture had not begun when its deadline passed."));

    public void SourceGone()
    {
        if (IsAlive) End(ProblemCodes.SourceGone, new Problem(ProblemCodes.SourceGone, "The source is gone."));
    }

    public void ClockJumped() => Plan();

    private void Enter(Phase phase)
    {
        _phase = phase;
        _kernel.Trace.Say(machine.Name, $"engine of {id} is {phase}");
        machine.Changed(id);
        Plan();
    }

    /// <summary>Sets the timer for what comes next.</summary>
    private void Plan()
    {
        _next?.Withdraw();
        _next = null;
        if (Coming().Where(c => c.At is not null).OrderBy(c => c.At).FirstOrDefault() is { At: { } at, Do: { } action }) _next = _kernel.After(at - _kernel.Elapsed, _kernel.Always, action);
    }

    private IEnumerable<(TimeSpan? At, Action Do)> Coming()
    {
        if (_phase == Phase.Broken) yield return (_died + fate.RepairTime, () => End(ProblemCodes.CaptureKilled, new Problem(ProblemCodes.CaptureKilled, "The engine was killed.")));
        if (!IsAlive) yield break;
        yield return (machine.WhenClockShows(request.Deadline), () => End("deadline", new Problem(ProblemCodes.DeadlinePassed, "The deadline has passed.")));
        yield return (_stopAt, () => End("stopped", null));
        if (_phase == Phase.Arming)
        {
            yield return (fate.NeverArms ? null : _begun + fate.ArmTime, Arm);
            yield break;
        }

        yield return (_armed + fate.KilledAfter, Die);
        yield return (traffic.FileTime is { } length ? _storing + length : _armed + fate.SourceEndsAfter, () => End("end-of-source", null));
        if (_phase == Phase.Armed)
        {
            if (_startAt is { } at) yield return (machine.WhenClockShows(at), Store);
            yield break;
        }

        if (request.Limits.Duration is { } duration) yield return (_storing + duration, () => End("duration", null));
        if (traffic.WindowMax(request.Limits) is { } window)
            yield return (Receiving + traffic.Until(traffic.Seen((_storing - Receiving)!.Value) + window), () => End(request.Limits.Packets is null ? "bytes" : "packets", null));
    }

    private void Arm()
    {
        if (fate.ArmProblem is { } problem)
        {
            End(problem.Code, problem);
            return;
        }

        _armed = _kernel.Elapsed;
        Enter(Phase.Armed);
    }

    private void Store()
    {
        _storing = _kernel.Elapsed;
        machine.Storing(id, request.Point);
        Enter(Phase.Running);
    }

    private void Die()
    {
        _died = _kernel.Elapsed;
        Enter(Phase.Broken);
    }

    private void End(string reason, Problem? problem)
    {
        var at = _died ?? _kernel.Elapsed;
        if (_phase == Phase.Running) machine.Storing(id, request.Point);
        var counters = _phase is Phase.Requested or Phase.Arming ? null : Counters(at, ended: true);
        var end = new CaptureEnd(reason, Wall(_storing), Wall(at), null, null);
        Final = new EngineView(EngineState.Ended, counters, end, problem, counters?.Stored.Packets > 0, Program) { Overload = Overload(now: false) };
        Enter(Phase.Ended);
    }

    private CaptureCounters Counters(TimeSpan at, bool ended)
    {
        var seen = Receiving is { } begun ? traffic.Seen(at - begun) : 0;
        var window = _storing is { } from ? seen - traffic.Seen((from - Receiving)!.Value) : 0;
        return traffic.Counters(seen, Math.Min(window, traffic.WindowMax(request.Limits) ?? long.MaxValue), ended);
    }

    private CaptureOverload? Overload(bool now) => fate.Overloads && _storing is not null ? new CaptureOverload(now) : null;

    private DateTimeOffset? Wall(TimeSpan? at) => at is { } t ? machine.Host.Clock.GetUtcNow() + (t - _kernel.Elapsed) : null;
}
