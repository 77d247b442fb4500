// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Points;

/// <summary>The grain of a capture point: what it is, and who may capture on it now.</summary>
public class Point(IEntity<PointRecord> me, IGrains grains, IPlaceCatalog catalog, TimeProvider clock) : IPoint
{
    /// <summary>After a change the point looks at itself once more: by then its row is written, or it is written then.</summary>
    private static readonly TimeSpan s_lookAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>Who waits is saved once for all who came in this time: with ten thousand in the queue each save is a megabyte.</summary>
    private static readonly TimeSpan s_waitsSavedWithin = TimeSpan.FromSeconds(1);

    private bool _waitsChanged;

    /// <summary>The version that the catalog is known to hold, and that is saved with the instant at which the next place runs out; unknown after activation.</summary>
    private int _recorded = -1;
    private int _settled = -1;

    private PointRecord Record => me.State;

    private bool Exists => Record.Source.Length > 0;

    public async Task<Answer<PointView>> Define(DefinePoint request)
    {
        if (PointRules.Check(request, Record, me.Key) is { } problem) return problem;

        // What an administrator removed comes back by an administrator, not by the probe's next report.
        if (Record.Removed && request.Origin == PointOrigin.Found) return View();
        var same = Record.Source == request.Source && Record.Present == request.Present && Record.Detail == request.Detail && !Record.Removed;
        if (Record.Limits == PointRules.DefaultLimits(Record.Source)) Record.Limits = PointRules.DefaultLimits(request.Source);
        Record.Source = request.Source;
        Record.Origin = request.Origin;
        Record.Detail = request.Detail;
        Record.Removed = false;
        Record.AbsentSince = request.Present ? null : Record.AbsentSince ?? clock.GetUtcNow();
        Record.Present = request.Present;
        if (!same) await Commit();
        WakeNext();
        return View();
    }

    public Task<Answer<PointView>> Get(GetPoint request) => Task.FromResult<Answer<PointView>>(Exists ? View() : Unknown());

    public async Task<Answer<PointView>> Limit(LimitPoint request)
    {
        if ((Refusal(request.IfVersion) ?? PointRules.Check(request.Limits)) is { } problem) return problem;
        Record.Limits = request.Limits;
        await Commit();
        WakeNext();
        return View();
    }

    public async Task<Answer<PointView>> Maintain(MaintainPoint request)
    {
        if ((Refusal(request.IfVersion) ?? PointRules.CheckReason(request.Reason)) is { } problem) return problem;
        if (Record.Maintenance?.Reason == request.Reason) return View();
        Record.Maintenance = request.Reason is null ? null : new PointMaintenance(request.Reason, Record.Maintenance?.Since ?? clock.GetUtcNow(), request.By.Name);
        await Commit();
        WakeNext();
        return View();
    }

    public async Task<Answer<PointView>> Remove(RemovePoint request)
    {
        if (Refusal(request.IfVersion) is { } problem) return problem;
        if (Record.Removed) return View();
        Record.Removed = true;
        await Commit();
        return View();
    }

    public async Task<Answer<Reservation>> Reserve(ReservePoint request)
    {
        if (!Exists) return Unknown();
        var expired = PointQueue.Expire(Record, clock.GetUtcNow());
        var (answer, change) = PointQueue.Reserve(Record, request);
        if (expired || change == PointChange.Places) await Commit();
        else if (change == PointChange.Waits) SaveWaitsSoon();
        if (Record.Holders.Any(p => p.Evicted)) WakeNext();
        return answer;
    }

    public async Task<Answer<Nothing>> Release(ReleasePoint request)
    {
        var expired = PointQueue.Expire(Record, clock.GetUtcNow());
        var released = PointQueue.Release(Record, request.Capture);
        if (released) Record.DayBytes += Math.Max(0, request.StoredBytes);
        if (expired || released) await Commit();

        WakeNext();
        return Nothing.Value;
    }

    /// <summary>Places run out here too: nobody else may come by to notice.</summary>
    public async Task Poke(Poke request)
    {
        if (PointQueue.Expire(Record, clock.GetUtcNow()) || _waitsChanged) await Commit();
        else await Settle();
        WakeNext();
    }

    private void WakeNext()
    {
        foreach (var job in PointQueue.Next(Record).Select(c => c.Job).Distinct()) Calls.Send(() => grains.Job(job).Poke(new Poke()));
    }

    private void SaveWaitsSoon()
    {
        if (_waitsChanged) return;
        _waitsChanged = true;
        me.WakeAt(clock.GetUtcNow() + s_waitsSavedWithin);
    }

    private async Task Commit()
    {
        _waitsChanged = false;
        Record.Version++;
        await Save(clock.GetUtcNow() + s_lookAgainAfter);
        await WriteRow();
    }

    /// <summary>Where the row could not be written, or the host died before it was, this is the time.</summary>
    private async Task Settle()
    {
        if (!Exists) return;
        if (_recorded != Record.Version) await WriteRow();
        if (_recorded == Record.Version && _settled != Record.Version)
        {
            await Save(NextChange());
            _settled = Record.Version;
        }
    }

    /// <summary>When a place runs out, or a day ends that has stored all it may.</summary>
    private DateTimeOffset? NextChange()
    {
        var ends = Record.Holders.Concat(Record.Queue).Select(p => (DateTimeOffset?)p.Until).Min();
        var midnight = Record.Limits.DayBytesMax is not null && Record.Queue.Count > 0 ? new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero) : ends;
        return midnight < ends ? midnight : ends;
    }

    private Task Save(DateTimeOffset? wakeAt)
    {
        me.WakeAt(wakeAt);
        return me.Save();
    }

    private async Task WriteRow()
    {
        try
        {
            await catalog.Record(View());
            _recorded = Record.Version;
        }
        catch (Exception)
        {
            // What was asked of the point is done and saved; only its row is behind, until it looks again.
            me.WakeAt(clock.GetUtcNow() + s_lookAgainAfter);
        }
    }

    private PointView View() => new()
    {
        Id = new PointId(me.Key),
        Source = Record.Source,
        Origin = Record.Origin,
        Present = Record.Present,
        AbsentSince = Record.AbsentSince,
        Removed = Record.Removed,
        Detail = Record.Detail,
        Limits = Record.Limits,
        Maintenance = Record.Maintenance,
        Captures = Record.Holders.Count,
        Queued = Record.Queue.Count,
        DayBytes = Record.DayBytes,
        Version = Record.Version,
    };

    private Problem? Refusal(int? ifVersion) => Exists ? OrderVersions.Refusal($"The point {me.Key}", Record.Version, ifVersion) : Unknown();

    private Problem Unknown() => new(ProblemCodes.NotFound, $"There is no capture point {me.Key}.");
}
