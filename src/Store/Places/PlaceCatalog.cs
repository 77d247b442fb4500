// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Places;

/// <summary>What point and probe grains write. Points are as new as their version, probes as their revision.</summary>
public sealed class PlaceCatalog(Database database) : IPlaceCatalog
{
    private const string UpsertPoint =
        """
        INSERT INTO points (id, version, view) VALUES (@id, @version, @view)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, view = excluded.view WHERE points.version < excluded.version
        """;

    private const string UpsertProbe =
        """
        INSERT INTO probes (id, last_seen_us, revision, view) VALUES (@id, @seen, @revision, @view)
        ON CONFLICT (id) DO UPDATE SET last_seen_us = excluded.last_seen_us, revision = excluded.revision, view = excluded.view
        WHERE probes.revision < excluded.revision
        """;

    /// <summary>Jobs looked up in one statement.</summary>
    private const int JobsAskedMax = 200;

    public Task Record(PointView point) => database.Write(t => t.Connection!.ExecuteAsync(
        UpsertPoint, new { id = point.Id.Value, version = (long)point.Version, view = Stored.Write(point) }, t));

    public Task Record(ProbeView probe) => database.Write(t => t.Connection!.ExecuteAsync(
        UpsertProbe, new { id = probe.Id.Value, seen = Instants.ToMicroseconds(probe.LastSeen), revision = (long)probe.Revision, view = Stored.Write(probe) }, t));

    public async Task<IReadOnlyList<CaptureId>> Orphans(IReadOnlyList<CaptureId> captures)
    {
        var orphans = new List<CaptureId>();
        foreach (var jobs in captures.GroupBy(c => c.Job).Chunk(JobsAskedMax))
        {
            var ids = new DynamicParameters();
            var statement = $"SELECT view FROM jobs WHERE id IN {InList.Of(ids, "id", jobs.Select(j => j.Key.Value))}";
            var rows = await database.Read(c => c.QueryAsync<string>(statement, ids));
            var known = rows.Select(Stored.Read<JobView>).ToDictionary(v => v.Id);
            orphans.AddRange(jobs.SelectMany(j => j.Where(capture => !IsWanted(known.GetValueOrDefault(j.Key), capture))));
        }

        return orphans;
    }

    /// <summary>A job that is not final may still collect; a final one wants what it collected, unless it was deleted.</summary>
    private static bool IsWanted(JobView? job, CaptureId capture) => job is not null && job.Deleted is null
        && (!job.State.IsFinal() || job.Captures.Any(c => c.Id == capture && c.State == CaptureState.Collected));
}
