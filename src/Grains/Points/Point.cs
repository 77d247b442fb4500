// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Points;

/// <summary>The grain of a capture point: what it is, and who may capture on it now.</summary>
public class Point(IEntity<PointRecord> me, IGrains grains, IPlaceCatalog catalog, TimeProvider clock) : IPoint
{
    public const int CapturesMaxDefault = 4;
    private const int SourceLengthMax = 1024;

    /// <summary>After a change the point looks at itself once more: by then its row is written, or it is written then.</summary>
    private static readonly TimeSpan s_lookAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>The version that the catalog is known to hold, and that is saved with the instant at which the next place runs out; unknown after activation.</summary>
    private int _recorded = -1;
    private int _settled = -1;

    private PointRecord Record => me.State;

    public async Task<Answer<PointView>> Define(DefinePoint request)
    {
        if (request.Source.Length is 0 or > SourceLengthMax || !request.Source.Contains(':', StringComparison.Ordinal) || request.Source.Any(char.IsControl))
            return new Problem(ProblemCodes.InvalidSource, "A source is a kind and a name, for example afpacket:eth0 or pcap:/data/sample.pcap.", Field: "source");
        if (Record.Source.Length > 0 && (Record.Origin != request.Origin || (request.Origin == PointOrigin.Added && Record.Source != request.Source)))
            return new Problem(ProblemCodes.Conflict, $"The point {me.Key} exists with the source {Record.Source}.", Field: "name");
        var same = Record.Source == request.Source && Record.Present == request.Present && Record.Detail == request.Detail;
        Record.Source = request.Source;
        Record.Origin = request.Origin;
        Record.Present = request.Present;
        Record.Detail = request.Detail;
        if (!same) await Commit();
        WakeNext();
        return View();
    }

    public Task<Answer<PointView>> Get(GetPoint request) => Task.FromResult<Answer<PointView>>(Record.Source.Length > 0 ? View() : Unknown());

    public async Task<Answer<Reservation>> Reserve(ReservePoint request)
    {
        if (Record.Source.Length == 0) return Unknown();
        var expired = PointQueue.Expire(Record, clock.GetUtcNow());
        var (answer, changed) = PointQueue.Reserve(Record, request);
        if (expired || changed) await Commit();
        return answer;
    }

    public async Task<Answer<Nothing>> Release(ReleasePoint request)
    {
        if (PointQueue.Release(Record, request.Capture)) await Commit();
        WakeNext();
        return Nothing.Value;
    }

    /// <summary>Places run out here too: nobody else may come by to notice.</summary>
    public async Task Poke(Poke request)
    {
        if (PointQueue.Expire(Record, clock.GetUtcNow())) await Commit();
        else await Settle();
        WakeNext();
    }

    private void WakeNext()
    {
        foreach (var job in PointQueue.Next(Record).Select(c => c.Job).Distinct()) Calls.Send(() => grains.Job(job).Poke(new Poke()));
    }

    private async Task Commit()
    {
        Record.Version++;
        await Save(clock.GetUtcNow() + s_lookAgainAfter);
        await WriteRow();
    }

    /// <summary>Where the row could not be written, or the host died before it was, this is the time.</summary>
    private async Task Settle()
    {
        if (Record.Source.Length == 0) return;
        if (_recorded != Record.Version) await WriteRow();
        if (_recorded == Record.Version && _settled != Record.Version)
        {
            await Save(Record.Holders.Concat(Record.Queue).Select(p => (DateTimeOffset?)p.Until).Min());
            _settled = Record.Version;
        }
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
        Detail = Record.Detail,
        CapturesMax = Record.CapturesMax,
        Captures = Record.Holders.Count,
        Queued = Record.Queue.Count,
        Version = Record.Version,
    };

    private Problem Unknown() => new(ProblemCodes.NotFound, $"There is no capture point {me.Key}.");
}
