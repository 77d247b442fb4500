// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Points;

/// <summary>The grain of a capture point: what it is, and who may capture on it now.</summary>
public class Point(IEntity<PointRecord> me, IGrains grains, IPlaceCatalog catalog, TimeProvider clock) : IPoint
{
    public const int CapturesMaxDefault = 4;
    private const int SourceLengthMax = 1024;

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
        WakeNext();
    }

    private void WakeNext()
    {
        foreach (var job in PointQueue.Next(Record).Select(c => c.Job).Distinct()) Calls.Send(() => grains.Job(job).Poke(new Poke()));
    }

    private async Task Commit()
    {
        Record.Version++;
        var ends = Record.Holders.Concat(Record.Queue).Select(p => (DateTimeOffset?)p.Until).Min();
        me.WakeAt(ends);
        await me.Save();
        await catalog.Record(View());
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
