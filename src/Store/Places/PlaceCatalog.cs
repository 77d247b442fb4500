// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Places;

/// <summary>What point and probe grains write. A point is as new as its version, a probe as its last report.</summary>
public sealed class PlaceCatalog(Database database) : IPlaceCatalog
{
    private const string UpsertPoint =
        """
        INSERT INTO points (id, version, view) VALUES (@id, @version, @view)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, view = excluded.view WHERE points.version < excluded.version
        """;

    // The same instant is written again: a probe turns absent without having been seen since.
    private const string UpsertProbe =
        """
        INSERT INTO probes (id, last_seen_us, view) VALUES (@id, @seen, @view)
        ON CONFLICT (id) DO UPDATE SET last_seen_us = excluded.last_seen_us, view = excluded.view WHERE probes.last_seen_us <= excluded.last_seen_us
        """;

    public Task Record(PointView point) => database.Write(t => t.Connection!.ExecuteAsync(
        UpsertPoint, new { id = point.Id.Value, version = (long)point.Version, view = Stored.Write(point) }, t));

    public Task Record(ProbeView probe) => database.Write(t => t.Connection!.ExecuteAsync(
        UpsertProbe, new { id = probe.Id.Value, seen = Instants.ToMicroseconds(probe.LastSeen), view = Stored.Write(probe) }, t));
}
