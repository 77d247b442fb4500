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

    /// <summary>Vanished sources that are remembered until their points have heard of it.</summary>
    private const int GoneMax = 256;

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
        var before = Record.Last?.Sources ?? [];
        var news = !Record.Present || !before.SequenceEqual(request.Sources) || now - _written >= s_writeEvery || !_told || !_recorded;
        Record.Gone = [.. Record.Gone.Concat(before).DistinctBy(s => s.Name).Where(s => request.Sources.All(r => r.Name != s.Name)).Take(GoneMax)];
        Record.Last = request;
        Record.LastSeen = now;
        Record.Present = true;
        me.WakeAt(now + AwayAfter);
        if (!news) return View();

        // Saved before the points hear of it: one that has become present must be remembered, or nobody tells it when its source has gone.
        await Commit();
        var gone = Record.Gone.Count;
        _told = await DefinePoints(request.Sources);
        if (Record.Gone.Count != gone) await me.Save();
        return View();
    }

    public Task<Answer<ProbeView>> Get(GetProbe request) =>
        Task.FromResult<Answer<ProbeView>>(Record.Last is null ? new Problem(ProblemCodes.NotFound, $"No probe {Id} has reported yet.") : View());

    public async Task Poke(Poke request)
    {
        if (Record.Last is null || clock.GetUtcNow() - Record.LastSeen < AwayAfter || (!Record.Present && _recorded)) return;
        Record.Present = false;
        await Commit();
    }

    /// <summary>False where a point could not be told; then all is said again at the next report.</summary>
    private async Task<bool> DefinePoints(IReadOnlyList<ProbeSource> sources)
    {
        var told = true;
        foreach (var source in sources) told &= await Define(source, true);
        foreach (var gone in Record.Gone.ToList())
        {
            if (await Define(gone, false)) Record.Gone.Remove(gone);
            else told = false;
        }

        return told;
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
        await me.Save();
        await catalog.Record(View());
        _recorded = true;
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
