// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Probes;

/// <summary>The grain of a probe: it hears the probe's reports, makes a point of every source the probe has, and shares out its disk.</summary>
public class Probe(IEntity<ProbeRecord> me, IGrains grains, IPlaceCatalog catalog, TimeProvider clock) : IProbe
{
    /// <summary>Without a report for this long a probe is away; it sends one every few seconds.</summary>
    public static readonly TimeSpan AwayAfter = TimeSpan.FromSeconds(20);

    /// <summary>Reports that change nothing are written this often: "last seen" after a crash is then this old at most.</summary>
    private static readonly TimeSpan s_writeEvery = TimeSpan.FromMinutes(1);

    /// <summary>Between attempts to tell points and catalog that the probe is away.</summary>
    private static readonly TimeSpan s_tellAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>A probe whose clock is off by more gets no captures. What the report was on its way for is in what is measured.</summary>
    private static readonly TimeSpan s_clockOffsetMax = TimeSpan.FromMinutes(1);

    /// <summary>Vanished sources that are remembered, so that their points hear of it.</summary>
    private const int GoneMax = 256;

    /// <summary>A vanished source is told again for so long: what was said of it before may still be on its way, and arrive last.</summary>
    private static readonly TimeSpan s_goneToldFor = TimeSpan.FromMinutes(2);

    /// <summary>Reports before this were heard by another activation, which saved only some of them.</summary>
    private readonly DateTimeOffset _born = clock.GetUtcNow();

    private DateTimeOffset _written;

    /// <summary>Whether every point is known to have heard of its source; unknown after activation, so all are told once more.</summary>
    private bool _told;

    /// <summary>Whether the catalog is known to hold what is saved.</summary>
    private bool _recorded;

    private ProbeRecord Record => me.State;

    private ProbeId Id => ProbeId.FromKey(me.Key);

    public async Task<Answer<ProbeView>> Report(ProbeReport request)
    {
        var now = clock.GetUtcNow();
        var before = Record.Last;
        var back = !Record.Present;
        Record.Last = request;
        Record.LastSeen = now;
        Record.Present = true;
        Record.AwaySince = null;
        Record.ClockOffset = request.At - now;
        me.WakeAt(now + AwayAfter);
        var gone = Record.Gone.Concat((before?.Sources ?? []).Select(s => new GoneSource(s, now))).DistinctBy(g => g.Source.Name);
        Record.Gone = [.. gone.Where(g => request.Sources.All(s => s.Name != g.Source.Name)).Take(GoneMax)];
        _told &= !back && (before?.Sources ?? []).SequenceEqual(request.Sources);

        // Saved before the points hear of it: one that has become present must be remembered, or nobody tells it when its source has gone.
        var repeat = now - _written >= s_writeEvery;
        if (!_told || !_recorded || repeat || before?.FilesAt != request.FilesAt || !(before?.Captures ?? []).SequenceEqual(request.Captures ?? [])) await Commit();
        if (!_told || repeat) await DefinePoints();
        return View();
    }

    public Task<Answer<ProbeView>> Get(GetProbe request) =>
        Task.FromResult<Answer<ProbeView>>(Record.Last is null ? new Problem(ProblemCodes.NotFound, $"No probe {Id} has reported yet.") : View());

    public async Task<Answer<DiskReservation>> ReserveDisk(ReserveDisk request)
    {
        if (Record.Last is null) return new DiskReservation(false, $"No probe {Id} has reported yet.");
        if (!Record.Present) return new DiskReservation(false, $"The probe {Id} is away since {Record.AwaySince:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
        if (Record.ClockOffset?.Duration() > s_clockOffsetMax) return new DiskReservation(false, $"The clock of the probe {Id} is off by {Record.ClockOffset}: captures would begin and end at another time than agreed.");
        Record.Disk.RemoveAll(d => d.Until <= clock.GetUtcNow());
        if (DiskRoom.Obstacle(Record, request) is { } reason) return new DiskReservation(false, reason);
        DiskRoom.Reserve(Record, request);
        await me.Save();
        return new DiskReservation(true, null);
    }

    public async Task<Answer<Nothing>> ReleaseDisk(ReleaseDisk request)
    {
        if (Record.Disk.RemoveAll(d => d.Capture == request.Capture) > 0) await me.Save();
        return Nothing.Value;
    }

    public async Task Poke(Poke request)
    {
        if (Record.Last is null) return;
        var listened = Record.LastSeen > _born ? Record.LastSeen : _born;
        if (Record.Present && clock.GetUtcNow() - listened < AwayAfter)
        {
            me.WakeAt(listened + AwayAfter);
            return;
        }

        if (Record.Present) _told = _recorded = false;
        Record.AwaySince ??= Record.LastSeen;
        Record.Present = false;
        me.WakeAt(clock.GetUtcNow() + s_tellAgainAfter);
        if (!_recorded) await Commit();
        if (!_told) await DefinePoints();
        if (!_told) return;
        me.WakeAt(null);
        await me.Save();
    }

    /// <summary>Tells every point where its source is. One that cannot be told is told with the next report, or the next look at a probe that is away.</summary>
    private async Task DefinePoints()
    {
        var told = true;
        foreach (var source in Record.Last!.Sources)
            told &= await Define(Record.Present ? source : source with { Detail = "The probe is away." }, Record.Present);
        foreach (var gone in Record.Gone.ToList())
        {
            if (!await Define(gone.Source, false)) told = false;
            else if (clock.GetUtcNow() - gone.Since > s_goneToldFor) Record.Gone.Remove(gone);
        }

        _told = told;
    }

    /// <summary>An interface whose name is no id (a space in it) has no point; it can be added by hand under another name.</summary>
    private async Task<bool> Define(ProbeSource source, bool present)
    {
        if (!PointId.TryParse($"{Id}/{source.Name}", out var point)) return true;
        var answer = await Calls.Try(() => grains.Point(point).Define(new DefinePoint(source.Source, PointOrigin.Found, present, source.Detail, Caller.System)));
        return answer.Problem?.Code != ProblemCodes.Unreachable;
    }

    private async Task Commit()
    {
        _written = clock.GetUtcNow();
        _recorded = false;
        Record.Revision++;
        Record.Orphans = [.. await catalog.Orphans(Record.Last!.Captures ?? [])];
        await me.Save();
        await catalog.Record(View());
        _recorded = true;
    }

    private ProbeView View() => new()
    {
        Id = Id,
        Present = Record.Present,
        LastSeen = Record.LastSeen,
        AwaySince = Record.AwaySince,
        Host = Record.Last!.Host,
        Version = Record.Last.Version,
        EngineVersion = Record.Last.EngineVersion,
        Load = Record.Last.Load,
        DiskFreeBytes = Record.Last.DiskFreeBytes,
        DiskReservedBytes = DiskRoom.Reserved(Record),
        ClockOffset = Record.ClockOffset,
        Orphans = Record.Orphans,
        FilesAt = Record.Last.FilesAt,
        Revision = Record.Revision,
    };
}
