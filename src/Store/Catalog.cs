// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;
using Tci.Store.Jobs;

namespace Tci.Store;

/// <summary>What the API reads. A cursor that this catalog did not make is a <see cref="FormatException"/>.</summary>
public sealed class Catalog(Database database) : ICatalog
{
    private const long EventsMax = 1000;

    private const string SelectEvents =
        """
        SELECT sequence AS Sequence, at_us AS AtUs, state AS State, text AS Text FROM events
        WHERE job = @job AND sequence > @after ORDER BY sequence LIMIT @max
        """;

    private sealed record EventRow(long Sequence, long AtUs, string State, string Text);

    public Task<Page<JobView>> Jobs(JobQuery query) => JobLists.Read(database, query);

    public Task<JobView?> Job(JobId id) => One<JobView>("SELECT view FROM jobs WHERE id = @id", id.Value);

    public async Task<IReadOnlyList<JobEvent>> Events(JobId job, int after)
    {
        var rows = await database.Read(c => c.QueryAsync<EventRow>(SelectEvents, new { job = job.Value, after = (long)after, max = EventsMax }));
        return [.. rows.Select(r => new JobEvent(job, (int)r.Sequence, Instants.FromMicroseconds(r.AtUs), Enum.Parse<JobState>(r.State), r.Text))];
    }

    public Task<DataSet?> DataSet(JobId job) => One<DataSet>("SELECT content FROM data_sets WHERE job = @id", job.Value);

    public Task<IReadOnlyList<PointView>> Points() => All<PointView>("SELECT view FROM points ORDER BY id");

    public Task<IReadOnlyList<ProbeView>> Probes() => All<ProbeView>("SELECT view FROM probes ORDER BY id");

    private async Task<T?> One<T>(string statement, string id) where T : class
    {
        var json = await database.Read(c => c.QuerySingleOrDefaultAsync<string>(statement, new { id }));
        return json is null ? null : Stored.Read<T>(json);
    }

    private async Task<IReadOnlyList<T>> All<T>(string statement)
    {
        var rows = await database.Read(c => c.QueryAsync<string>(statement));
        return [.. rows.Select(Stored.Read<T>)];
    }
}
