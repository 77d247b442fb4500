// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Probes;

/// <summary>The grain of a probe: it hears the probe's reports, and makes a point of every source the probe has.</summary>
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
        var before = Record.Last?.Sources ?? [];
        var news = !Record.Present || !before.SequenceEqual(request.Sources) || now - _written >= s_writeEvery;
        Record.Last = request;
        Record.LastSeen = now;
        Record.Present = true;
        me.WakeAt(now + AwayAfter);
        if (!news) return View();
        await DefinePoints(before, request.Sources);
        await Commit();
        return View();
    }

    public Task<Answer<ProbeView>> Get(GetProbe request) =>
        Task.FromResult<Answer<ProbeView>>(Record.Last is null ? new Problem(ProblemCodes.NotFound, $"No probe {Id} has reported yet.") : View());

    public async Task Poke(Poke request)
    {
        if (!Record.Present || clock.GetUtcNow() - Record.LastSeen < AwayAfter) return;
        Record.Present = false;
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
        await me.Save();
        await catalog.Record(View());
    }

    private ProbeView View() => new()
    {
        Id = Id,
        Present = Record.Present,
        LastSeen = Record.LastSeen,
        Host = Record.Last!.Host,
        Version = Record.Last.Version,
        DiskFreeBytes = Record.Last.DiskFreeBytes,
    };
}
