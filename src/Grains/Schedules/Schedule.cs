// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Grains.Schedules;

/// <summary>
/// The grain of a schedule. The id of a job derives from the schedule and the planned start: however often a start is tried, one job comes of it.
/// </summary>
public class Schedule(IEntity<ScheduleRecord> me, IGrains grains, IScheduleCatalog catalog, ICreationRights rights, TimeProvider clock) : ISchedule
{
    /// <summary>A start this late is missed: TCI was down, or its clock jumped.</summary>
    public static readonly TimeSpan LateMax = TimeSpan.FromMinutes(1);

    /// <summary>Between attempts to have a job accepted.</summary>
    private static readonly TimeSpan s_tryAgainEvery = TimeSpan.FromSeconds(5);

    /// <summary>Missed starts are counted up to here; a schedule of every minute reaches it after 69 days.</summary>
    private const int MissedCountMax = 100_000;

    /// <summary>The version that the catalog is known to hold; unknown after activation, so written once more.</summary>
    private int _recorded = -1;

    /// <summary>Whether the saved state is known to ask for no waking.</summary>
    private bool _rests;

    private ScheduleRecord Record => me.State;

    private DateTimeOffset Now => clock.GetUtcNow();

    public async Task<Answer<ScheduleView>> Define(DefineSchedule request)
    {
        if (Record.Spec is { } known)
        {
            var same = Record.Owner.Name == request.By.Name && Text(known) == Text(request.Spec);
            return same ? await Recorded() : new Problem(ProblemCodes.IdempotencyKeyReused, $"The schedule {me.Key} exists with another specification.");
        }

        if (ScheduleRules.Check(request.Spec, Now) is { } problem) return problem;
        Record.Spec = request.Spec;
        Record.Owner = request.By;
        Record.Created = Now;
        Record.Next = ScheduleTimes.After(request.Spec, Record.Created, Now.AddTicks(-1));
        await Commit();
        return View();
    }

    public Task<Answer<ScheduleView>> Get(GetSchedule request) => Task.FromResult<Answer<ScheduleView>>(Record.Spec is null ? Unknown() : View());

    public Task<Answer<ScheduleView>> Pause(PauseSchedule request) => Become(ScheduleState.Active, ScheduleState.Paused, request.IfVersion);

    public Task<Answer<ScheduleView>> Resume(ResumeSchedule request) => Become(ScheduleState.Paused, ScheduleState.Active, request.IfVersion);

    public async Task<Answer<ScheduleView>> Delete(DeleteSchedule request)
    {
        if (Record.Spec is null) return Unknown();
        if (Refusal(request.IfVersion) is { } problem) return problem;
        if (Record.State != ScheduleState.Ended) await End();
        return await Recorded();
    }

    public async Task Poke(Poke request)
    {
        if (Record.Spec is null) return;
        await Recorded();
        if (Record.Starting is null && Record.State == ScheduleState.Active && Record.Next <= Now) await Begin(Record.Next.Value);
        if (Record.Starting is { } planned) await Finish(planned);
        else await Rest();
    }

    private async Task<Answer<ScheduleView>> Become(ScheduleState from, ScheduleState to, int? ifVersion)
    {
        if (Record.Spec is null) return Unknown();
        if (Refusal(ifVersion) is { } problem) return problem;
        if (Record.State == ScheduleState.Ended) return new Problem(ProblemCodes.Conflict, "The schedule has ended.");
        if (Record.State != from) return await Recorded();
        Record.State = to;

        // What would have started during the pause was not missed: nobody wanted it.
        if (to == ScheduleState.Active) Record.Next = ScheduleTimes.After(Record.Spec, Record.Created, Record.Passed > Now ? Record.Passed.Value : Now);
        await EndOrCommit();
        return View();
    }

    private Problem? Refusal(int? ifVersion) => OrderVersions.Refusal($"The schedule {me.Key}", Record.Version, ifVersion);

    /// <summary>
    /// Decides which start is made: the latest that is due, unless that is late too and nobody wants it made up. That is saved before its job is asked for:
    /// whatever comes in between, it is known in the end whether it counts.
    /// </summary>
    private async Task Begin(DateTimeOffset planned)
    {
        var latest = Between(planned, Now).Last ?? planned;
        var isMade = Record.Spec!.CatchUp || Now - latest <= LateMax;
        if (!isMade || planned < latest)
        {
            var missed = Between(planned, isMade ? latest.AddTicks(-1) : latest);
            Miss(missed.Count + 1, missed.Last ?? planned);
        }

        Record.Starting = isMade ? latest : null;
        Record.Passed = latest;
        Record.Next = ScheduleTimes.After(Record.Spec, Record.Created, Now);
        await EndOrCommit();
    }

    private (int Count, DateTimeOffset? Last) Between(DateTimeOffset after, DateTimeOffset until) =>
        ScheduleTimes.Between(Record.Spec!, Record.Created, after, until, MissedCountMax);

    /// <summary>Also where it was paused or deleted meanwhile: the start was under way by then.</summary>
    private async Task Finish(DateTimeOffset planned)
    {
        var late = Now - planned > LateMax;

        // One that stayed without an answer until it was late is not made up, but may have been made.
        var missed = late && !Record.Spec!.CatchUp;
        var answer = missed ? await Known(planned) : await Submit(planned);
        if (answer.Problem is { Code: ProblemCodes.Unreachable or ProblemCodes.StoreUnavailable or ProblemCodes.Overloaded })
        {
            me.WakeAt(Now + s_tryAgainEvery);
            return;
        }

        if (missed && !answer.Ok) Miss(1, planned);
        else Note(planned, answer);
        Record.Starting = null;
        await EndOrCommit();
    }

    private void Miss(int count, DateTimeOffset last)
    {
        Record.Missed += count;
        Record.LastMissed = last;
    }

    private void Note(DateTimeOffset planned, Answer<JobView> answer)
    {
        Record.Problem = answer.Problem;
        if (answer.Problem is { } problem)
        {
            Refuse(planned, problem);
            return;
        }

        Record.LastJob = answer.Value!.Id;
        Record.Made++;
    }

    private void Refuse(DateTimeOffset planned, Problem problem)
    {
        Record.Refused++;
        Record.LastRefused = planned;

        // It is committed next, as the version after this one.
        Record.Refusal = new ScheduleRefusal(Record.Version + 1, new AuditEntry(Now, Record.Owner, "schedule.start", me.Key, problem.Code, problem.Message));
    }

    /// <summary>By the rights that the owner has now. A start whose answer was lost may have made its job while they were others.</summary>
    private async Task<Answer<JobView>> Submit(DateTimeOffset planned)
    {
        var job = JobOf(planned);
        var spec = Record.Spec!.Job with { Name = $"{Record.Spec.Name} {planned.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}" };
        var allowed = await Calls.Try(() => rights.Check(Record.Owner.Name, spec));
        if (allowed.Ok) return await Calls.Try(() => grains.Job(job).Submit(new SubmitJob(spec, Record.Owner, job.Value, me.Key)));
        if (allowed.Problem is { Code: ProblemCodes.Unreachable }) return allowed.Problem;
        var known = await Known(planned);
        return known.Problem is { Code: ProblemCodes.NotFound } ? allowed.Problem! : known;
    }

    private Task<Answer<JobView>> Known(DateTimeOffset planned) => Calls.Try(() => grains.Job(JobOf(planned)).Get(new GetJob()));

    private JobId JobOf(DateTimeOffset planned) => new($"job-{me.Key["schedule-".Length..]}-{planned.ToUnixTimeSeconds()}");

    private Task EndOrCommit() =>
        Record.State == ScheduleState.Active && Record.Starting is null && (Record.Next is null || Record.Made >= (Record.Spec!.CountMax ?? int.MaxValue)) ? End() : Commit();

    private Task End()
    {
        Record.State = ScheduleState.Ended;
        Record.Next = null;
        return Commit();
    }

    private async Task Commit()
    {
        Record.Version++;

        // One that has nothing to wait for looks at itself once more: by then its row is written, or it is written then.
        me.WakeAt(Record.Starting is null && Record.State == ScheduleState.Active ? Record.Next : Now);
        _rests = false;
        await me.Save();
        await Recorded();
    }

    /// <summary>Nothing is due: what is saved says so, so that no sweep comes by.</summary>
    private async Task Rest()
    {
        var next = Record.State == ScheduleState.Active ? Record.Next : null;
        me.WakeAt(next);
        if (_rests || next is not null) return;
        await me.Save();
        _rests = true;
    }

    /// <summary>
    /// The schedule as it is, once the catalog has it: who asks again after a failure gets no answer before. Where nobody asks, the saved instant or the old
    /// row is due, and the sweep comes by.
    /// </summary>
    private async Task<ScheduleView> Recorded()
    {
        var view = View();
        if (_recorded == Record.Version) return view;
        await catalog.Record(view, Record.Refusal);
        _recorded = Record.Version;
        return view;
    }

    private ScheduleView View() => new()
    {
        Id = new ScheduleId(me.Key),
        Owner = Record.Owner.Name,
        Spec = Record.Spec!,
        State = Record.State,
        Created = Record.Created,
        Next = Record.Next,
        Made = Record.Made,
        Missed = Record.Missed,
        LastMissed = Record.LastMissed,
        Refused = Record.Refused,
        LastRefused = Record.LastRefused,
        LastJob = Record.LastJob,
        Problem = Record.Problem,
        Version = Record.Version,
    };

    private Problem Unknown() => new(ProblemCodes.NotFound, $"There is no schedule {me.Key}.");

    private static string Text(ScheduleSpec spec) => JsonSerializer.Serialize(spec, ContractJson.Options);
}
