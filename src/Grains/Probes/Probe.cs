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

    private DateTimeOffset _written;

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
        var sources = back || !(before?.Sources ?? []).SequenceEqual(request.Sources);
        if (sources) await DefinePoints(before?.Sources ?? [], request.Sources);
        if (sources || now - _written >= s_writeEvery || !(before?.Captures ?? []).SequenceEqual(request.Captures ?? [])) await Commit();
        return View();
    }

    public Task<Answer<ProbeView>> Get(GetProbe request) =>
        Task.FromResult<Answer<ProbeView>>(Record.Last is null ? new Problem(ProblemCodes.NotFound, $"No probe {Id} has reported yet.") : View());

    public async Task<Answer<DiskReservation>> ReserveDisk(ReserveDisk request)
    {
        if (Record.Last is null) return new DiskReservation(false, $"No probe {Id} has reported yet.");
        if (!Record.Present) return new DiskReservation(false, $"The probe {Id} is away since {Record.AwaySince:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
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
        if (!Record.Present) return;
        if (clock.GetUtcNow() - Record.LastSeen < AwayAfter)
        {
            me.WakeAt(Record.LastSeen + AwayAfter);
            return;
        }

        Record.Present = false;
        Record.AwaySince = Record.LastSeen;
        foreach (var source in Record.Last!.Sources) await Define(source with { Detail = "The probe is away." }, false);
        await Commit();
    }

    private async Task DefinePoints(IReadOnlyList<ProbeSource> before, IReadOnlyList<ProbeSource> now)
    {
        foreach (var source in now) await Define(source, true);
        foreach (var gone in before.Where(b => now.All(n => n.Name != b.Name))) await Define(gone, false);
    }

    /// <summary>An interface whose name is no id (a space in it) has no point; it can be added by hand under another name.</summary>
    private async Task Define(ProbeSource source, bool present)
    {
        if (!PointId.TryParse($"{Id}/{source.Name}", out var point)) return;
        await Calls.Try(() => grains.Point(point).Define(new DefinePoint(source.Source, PointOrigin.Found, present, source.Detail, Caller.System)));
    }

    private async Task Commit()
    {
        _written = clock.GetUtcNow();
        Record.Orphans = [.. await catalog.Orphans(Record.Last!.Captures ?? [])];
        await me.Save();
        await catalog.Record(View());
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
    };
}
